using System.Security.Claims;
using Feedback.Features.Cases;
using Feedback.Features.Notices;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console;

/// <summary>The bell's list.</summary>
public partial class NoticesPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListNotices.Bell Bell { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup(Place.Notices.Address).RequireAuthorization(Policies.Cases);
        notices.MapGet("", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            new RazorComponentResult<NoticesPage>(new { Bell = (await dispatcher.Send(new ListNotices(user.Actor()), ct)).Value }));

        // The form is bound for its token alone.
        notices.MapPost("", async (IFormCollection _, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new MarkNoticesRead(user.Actor()), ct)).Match<IResult>(_ => new SeeOther(Place.Notices.Address), refusal => RefusedInside.Page(refusal)));
    }

    private static string Sentence(CaseEventKind kind) => kind switch
    {
        CaseEventKind.Filed => L("新投诉件,请决定是否受理", "A new case; please decide on acceptance"),
        CaseEventKind.Warned => L("即将到期", "Due soon"),
        CaseEventKind.Escalated => L("已超期,升级督办", "Overdue and raised"),
        CaseEventKind.Accepted => L("已受理", "Accepted"),
        CaseEventKind.Answered => L("已答复", "Answered"),
        _ when InquirySentences.Told(kind) is { } told => told.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
