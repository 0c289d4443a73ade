using Feedback.Domain;
using Feedback.Features.Halls;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Start;

/// <summary>The pages for whoever did not come by a QR code: the start page and the code typed by hand.</summary>
internal sealed class StartEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", IResult () => new RazorComponentResult<StartPage>()).AllowAnonymous();

        routes.MapGet("/w", async Task<IResult> (string? code, Dispatcher dispatcher, CancellationToken ct) =>
        {
            if (Typed.HalfWidth(code) is not { Length: > 0 } typed) return new RazorComponentResult<FindWindowPage>();
            return (await dispatcher.Send(new ShowWindow(typed), ct)).Match<IResult>(
                _ => new SeeOther($"/w/{PublicCode.Normalise(typed)}"),
                refusal => new RazorComponentResult<FindWindowPage>(new { Typed = typed, Refusal = refusal }) { StatusCode = Problems.Status(refusal.Kind) });
        }).AllowAnonymous();
    }
}
