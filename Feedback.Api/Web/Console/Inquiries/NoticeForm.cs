using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Features.Inquiries;

namespace Feedback.Web.Console.Inquiries;

/// <summary>A notice as ticked and typed; null where a field was left blank or is not on the form that was sent.</summary>
public sealed record NoticeForm(
    IReadOnlyList<string>? Missing = null, string? Note = null, DemandGround? Code = null, string? Reason = null, bool Refused = false, string? Reasons = null, string? Remedies = null)
{
    public static NoticeForm Read(IFormCollection form) => new(
        [.. form["missing"].OfType<string>()], form.Text("note"), Typed.Choice<DemandGround>(form.Text("code")), form.Text("reason"), form.Text("refused") is not null,
        form.Text("reasons"), form.Text("remedies"));

    public IssueNotice Command(Actor actor, string number) => new(
        actor, number, Missing, Note, Refused ? new NoticeRefusal(Reasons, Remedies) : null, Code is null && Reason is null ? null : new IssueNotice.Demand(Code, Reason));
}
