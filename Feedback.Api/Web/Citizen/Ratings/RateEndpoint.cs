using Feedback.Domain;
using Feedback.Features.Halls;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Ratings;

/// <summary>The page behind a window's QR code, and its form without script.</summary>
internal sealed class RateEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/w/{token}", Open).AllowAnonymous();

        // Nobody is signed in here, so a forged submission gains nothing that an open form does not give.
        routes.MapPost("/w/{token}", Rate).AllowAnonymous().DisableAntiforgery();

        routes.MapGet("/w/{token}/thanks", async (string token, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new ShowWindow(token), ct)).Match(
                page => http.Private(new RazorComponentResult<ThanksPage>(new { Token = PublicCode.Normalise(token), page.Window, Receipt = RatingReceipt.Read(http) })),
                refusal => Answers.Page(refusal))).AllowAnonymous();
    }

    /// <summary>With <c>p</c>, the code of the window's screen; in another language, <c>p</c> is the proof and <c>key</c> the form it is for.</summary>
    private static Task<IResult> Open(string token, string? p, string? key, HttpContext http, Dispatcher dispatcher, CancellationToken ct)
    {
        http.KeepFresh();
        http.NameDevice();
        return Show(token, new RateForm(key ?? Typed.NewKey(), Presence: Typed.HalfWidth(p)), null, http, dispatcher, ct);
    }

    private static async Task<IResult> Rate(string token, IFormCollection posted, HttpContext http, Dispatcher dispatcher, CancellationToken ct)
    {
        var form = RateForm.Read(posted);
        var rating = form.Command(token) with { Source = http.Request.Source() };
        var outcome = await dispatcher.Send(rating, ct);
        if (outcome.Refusal is { } refusal) return await Show(token, form, refusal, http, dispatcher, ct);
        new RatingReceipt((Domain.Ratings.Grade)rating.Grade, outcome.Value.Code).Keep(http);
        return new SeeOther($"/w/{PublicCode.Normalise(token)}/thanks");
    }

    private static async Task<IResult> Show(string token, RateForm form, Refusal? refusal, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        (await dispatcher.Send(new ShowWindow(token, form.Key, form.Presence), ct)).Match<IResult>(
            page =>
            {
                if (page.Proof is { } proof) Reading.OpenWith(http, ("p", proof), ("key", form.Key));

                // A key from an address is only taken together with its proof: somebody else's would not store a rating.
                var shown = refusal is null && page.Proof is null ? form with { Key = Typed.NewKey() } : form;
                return new RazorComponentResult<RatePage>(new { Token = PublicCode.Normalise(token), Page = page, Form = shown, Errors = FormErrors.Of(refusal) })
                {
                    StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
                };
            },
            unknown => Answers.Page(unknown));
}
