using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Progress;

/// <summary>
/// A complaint's progress for who holds its number and query code, and what that person can do about it. The code comes in a body,
/// never in an address; after a command the progress is shown again.
/// </summary>
internal sealed class TrackEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/track", (string? number, HttpContext http) =>
        {
            http.NameDevice();
            return Ask(new TrackForm(Typed.NewKey(), number), null);
        }).AllowAnonymous();

        // Nobody is signed in here: whoever has the code may do it, and whoever has it not can forge nothing.
        routes.MapPost("/track", Track).AllowAnonymous().SlowsGuesses().DisableAntiforgery();
        routes.MapPost("/track/pictures", Track).AllowAnonymous().SlowsGuesses().DisableAntiforgery().TakesPictures();
    }

    private static async Task<IResult> Track(IFormCollection posted, HttpContext http, Dispatcher dispatcher, CancellationToken ct)
    {
        var form = TrackForm.Read(posted);
        var refusal = await form.Send(posted.Files.Pictures(), dispatcher, ct);

        // What was done is not asked for again by another language or larger type.
        if (refusal is null) SentForm.RepeatOnly(http, TrackForm.Opening);
        var found = await dispatcher.Send(form.Query(), ct);
        return http.Private(found.Match(progress => Show(progress, form, refusal, posted.HasPictures()), unknown => Ask(form, unknown)));
    }

    private static RazorComponentResult Show(Features.Complaints.TrackComplaint.Progress progress, TrackForm form, Refusal? refusal, bool hadPictures) => refusal is null
        ? new RazorComponentResult<ProgressPage>(new { Progress = progress, Form = form.Anew(), Done = form.Command })
        : new RazorComponentResult<ProgressPage>(new { Progress = progress, Form = form, Errors = form.Errors(refusal).WithPictures(hadPictures) }) { StatusCode = Problems.Status(refusal.Kind) };

    private static RazorComponentResult Ask(TrackForm form, Refusal? refusal) =>
        new RazorComponentResult<TrackPage>(new { Form = form, Refusal = refusal }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
}
