using Feedback.Features.Inquiries;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Progress;

/// <summary>The citizen acknowledges a notice on the tracking page; the page that follows says so, however often the form is sent.</summary>
internal sealed class AcknowledgementEndpoint : IEndpoint
{
    // As for the tracking page itself: only who has the code gets in, so a forged form gains nothing.
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/track/acknowledgement", async (IFormCollection posted, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var form = TrackForm.Read(posted);
            await dispatcher.Send(new Acknowledge(null, posted.Text("document") ?? "", form.Code, null), ct);
            SentForm.RepeatOnly(http, TrackForm.Opening);
            var found = await dispatcher.Send(form.Query(), ct);
            return http.Private(found.Match<IResult>(progress => new RazorComponentResult<ProgressPage>(new { Progress = progress, Form = form.Anew() }), refusal => Answers.Page(refusal)));
        }).AllowAnonymous().SlowsGuesses().DisableAntiforgery();
}
