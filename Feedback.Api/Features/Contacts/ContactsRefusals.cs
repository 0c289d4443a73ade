using Feedback.Domain;

namespace Feedback.Features.Contacts;

/// <summary>What is refused in the use cases of contacts.</summary>
internal static class ContactsRefusals
{
    public static readonly Refusal CitizenNotReachable = new(
        RefusalKind.Conflict, "citizen_not_reachable", "市民没有留下可用的邮箱,或系统没有配置邮件,不能通过系统联系。", "The citizen left no e-mail address that can be used, or no mail server is configured: there is no way through the system.");

    public static readonly Refusal ContactRequestUnknown = new(RefusalKind.NotFound, "contact_request_unknown", "没有这个申请。", "There is no such request.");

    public static readonly Refusal ContactRequestDecided = new(RefusalKind.Conflict, "contact_request_decided", "这个申请已经有了决定。", "This request was decided already.");

    public static readonly Refusal OwnRequest = new(RefusalKind.Forbidden, "own_request", "须由申请人以外、岗位不低于申请人的人决定。", "Somebody else decides, and nobody below whoever asked.");

    public static readonly Refusal ContactAskedAlready = new(RefusalKind.Conflict, "contact_asked_already", "您的申请正在等待决定,或仍在有效期内。", "You asked already: it waits for a decision, or is still granted.");
}
