using Feedback.Domain;
using Feedback.Features.Ratings;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Ratings;

/// <summary>A rating for who holds its receipt, and its one supplement (追评). The receipt comes in a body, never in an address.</summary>
internal sealed class SupplementEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/r", (HttpContext http) =>
        {
            http.NameDevice();
            return Ask(new SupplementForm(Typed.NewKey()), null);
        }).AllowAnonymous();

        // Nobody is signed in here: whoever has the receipt may do it, and whoever has it not can forge nothing.
        routes.MapPost("/r", Supplement).AllowAnonymous().SlowsGuesses().DisableAntiforgery();
    }

    private static async Task<IResult> Supplement(IFormCollection posted, HttpContext http, Dispatcher dispatcher, CancellationToken ct)
    {
        var form = SupplementForm.Read(posted);
        var refusal = await form.Send(dispatcher, ct);

        // What was added is not sent again by another language or larger type.
        if (refusal is null) SentForm.RepeatOnly(http, SupplementForm.Opening);
        var found = await dispatcher.Send(new ShowRating(form.Receipt), ct);
        return http.Private(found.Match(rating => Show(rating, form, refusal), unknown => Ask(form, unknown)));
    }

    private static RazorComponentResult Show(ShowRating.View rating, SupplementForm form, Refusal? refusal) => refusal is null
        ? new RazorComponentResult<SupplementPage>(new { Rating = rating, Form = form.Anew(), Done = form.Adds || form.Answers })
        : new RazorComponentResult<SupplementPage>(new { Rating = rating, Form = form, Errors = FormErrors.Of(refusal) }) { StatusCode = Problems.Status(refusal.Kind) };

    private static RazorComponentResult Ask(SupplementForm form, Refusal? refusal) =>
        new RazorComponentResult<FindRatingPage>(new { Form = form, Refusal = refusal }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
}
