using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen;

/// <summary>A complaint's progress for who holds its number and query code. The code comes in a body, never in an address.</summary>
internal sealed class TrackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/track", (string? number) => Ask(new TrackForm(number), null)).AllowAnonymous();

        // It only reads, and only for who has the code.
        routes.MapPost("/track", async (IFormCollection posted, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var form = TrackForm.Read(posted);
            var found = await dispatcher.Send(form.Query(), ct);
            return http.Private(found.Match(progress => new RazorComponentResult<ProgressPage>(new { Progress = progress }), refusal => Ask(form, refusal)));
        }).AllowAnonymous().DisableAntiforgery();
    }

    private static RazorComponentResult Ask(TrackForm form, Refusal? refusal) =>
        new RazorComponentResult<TrackPage>(new { Form = form, Refusal = refusal }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
}
