using Feedback.Casework.Pictures;
using Feedback.Domain;
using Feedback.Features.Complaints;
using Feedback.Features.Halls;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Feedback.Web.Citizen.Complaints;

/// <summary>
/// The complaint's form and its receipt. The receipt is the answer to the form itself: the query code is shown without ever being
/// in an address, a log or a cookie, and sending the form again (reload, another language) shows the same receipt by the form's key.
/// </summary>
internal sealed class ComplaintEndpoint : IEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/w/{token}/complaint", (string token, HttpContext http, Dispatcher dispatcher, CancellationToken ct) =>
        {
            http.KeepFresh();
            return Show(token, new ComplaintForm(Typed.NewKey()), null, dispatcher, ct);
        }).AllowAnonymous();

        // Nobody is signed in here, so a forged submission gains nothing that an open form does not give.
        routes.MapPost("/w/{token}/complaint", File).AllowAnonymous().DisableAntiforgery().TakesPictures();
    }

    private static async Task<IResult> File(string token, IFormCollection posted, HttpContext http, Site site, Dispatcher dispatcher, CancellationToken ct)
    {
        var form = ComplaintForm.Read(posted);
        var made = form.LacksPictures ? WebRefusals.PicturesGone : await dispatcher.Send(new CleanPictures(posted.Files.Pictures()), ct);
        var outcome = made.Refusal is null ? await dispatcher.Send(form.Command(token) with { Pictures = made.Value }, ct) : made.Refusal;
        if (outcome.Refusal is { } refusal) return await Show(token, form, refusal, dispatcher, ct);

        // It is whole: asked for again by its key, the receipt is shown again.
        SentForm.RepeatOnly(http, [.. posted.Keys]);
        var receipt = outcome.Value;
        var progress = await dispatcher.Send(new TrackComplaint(receipt.CaseNumber, receipt.QueryCode), ct);
        return http.Private(new RazorComponentResult<ComplaintReceiptPage>(new { Receipt = receipt, Progress = progress.Value, Follow = Follow(site, receipt.CaseNumber) })
        {
            StatusCode = StatusCodes.Status201Created,
        });
    }

    /// <summary>The number only. The code is typed: whoever sees the picture or a log must not hold both.</summary>
    private static Uri Follow(Site site, string caseNumber) => new(site.Address, $"/track?number={caseNumber}");

    private static async Task<IResult> Show(string token, ComplaintForm form, Refusal? refusal, Dispatcher dispatcher, CancellationToken ct) =>
        (await dispatcher.Send(new ShowWindow(token), ct)).Match<IResult>(
            page => new RazorComponentResult<ComplaintPage>(new { Token = PublicCode.Normalise(token), Page = page, Form = form, Errors = FormErrors.Of(refusal).WithPictures(form.HadPictures) })
            {
                StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
            },
            unknown => Answers.Page(unknown));
}
