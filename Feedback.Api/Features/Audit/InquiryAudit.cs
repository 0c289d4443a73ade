using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain.Inquiries;

namespace Feedback.Features.Audit;

/// <summary>
/// Holds the archive of first contacts and notices against the cases' history, whose chain is keyed: whoever changes a notice and
/// its hash alike is found out there.
/// </summary>
internal sealed class InquiryAudit(Db db)
{
    private const string EventsSql = "select case_number, kind, at, actor, detail from case_event where kind in ('FirstAsked', 'NoticeIssued') order by case_number, seq";
    private const string NoticesSql = "select number, body, hash from one_time_notice";
    private const string ContactsSql = "select case_number, first_login from first_contact";

    public async Task<IReadOnlyList<VerifyAudit.Break>> Breaks(CancellationToken ct)
    {
        var notices = (await db.Query<Notice>(NoticesSql, null, ct)).ToDictionary(n => n.Number);
        var contacts = (await db.Query<Contact>(ContactsSql, null, ct)).ToDictionary(c => c.CaseNumber);
        var breaks = new List<VerifyAudit.Break>();
        foreach (var happened in await db.Query<CaseEvent>(EventsSql, null, ct))
        {
            var detail = CaseHistory.DetailOf(happened);
            if (detail.Document is not { } number)
            {
                if (contacts.GetValueOrDefault(happened.CaseNumber)?.FirstLogin != detail.Person) breaks.Add(new(happened.CaseNumber, "first_contact_changed", "The record of the first person asked is gone or not as it was written."));
            }
            else if (!notices.TryGetValue(number, out var notice))
            {
                breaks.Add(new(number, "notice_missing", $"The history of {happened.CaseNumber} knows this notice; it is gone."));
            }
            else if (Convert.ToHexStringLower(notice.Hash) != detail.Hash || !OneTimeNotice.Hash(notice.Body).AsSpan().SequenceEqual(notice.Hash))
            {
                breaks.Add(new(number, "notice_changed", "The notice is not as it was issued."));
            }
        }

        return breaks;
    }

    private sealed record Notice(string Number, string Body, byte[] Hash);

    private sealed record Contact(string CaseNumber, string FirstLogin);
}
