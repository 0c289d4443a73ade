using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain.Inquiries;

/// <summary>
/// The one-time notice (一次性告知单): its number and the hash printed at its foot. The hash is plain SHA-256 over the stored text, so
/// that anybody who has both can check it.
/// </summary>
public static class OneTimeNotice
{
    /// <summary>Such as <c>GZ-H1-20261122-0007</c>: counted anew each day in each hall.</summary>
    public static string Number(string hall, DateOnly day, int serial) => string.Create(CultureInfo.InvariantCulture, $"GZ-{hall}-{day:yyyyMMdd}-{serial:D4}");

    /// <summary>A later demand bears the first one's number: <c>GZ-H1-20261122-0007-2</c>.</summary>
    public static string Later(string first, int cycle) => string.Create(CultureInfo.InvariantCulture, $"{first}-{cycle}");

    public static byte[] Hash(string body) => SHA256.HashData(Encoding.UTF8.GetBytes(body));
}

/// <summary>Everything that stands on a notice, as printed and archived.</summary>
/// <param name="Number">Its number.</param>
/// <param name="CaseNumber">The matter.</param>
/// <param name="IssuedAt">When, local.</param>
/// <param name="Hall">The hall, in both languages, as all names here.</param>
/// <param name="Unit">The unit that is responsible.</param>
/// <param name="Item">What was applied for.</param>
/// <param name="IssuedBy">Who told it.</param>
/// <param name="Phone">Where to reach that person; null when none is known.</param>
/// <param name="LegalBasis">From the guide, as all that follows up to the fee.</param>
/// <param name="Conditions">Who can apply.</param>
/// <param name="Missing">Everything that is missing.</param>
/// <param name="Procedure">The steps.</param>
/// <param name="TimeLimit">Such as 15wd, from the day on which all is complete.</param>
/// <param name="Fee">What it costs.</param>
/// <param name="SupervisionPhone">Whom to call about this notice.</param>
/// <param name="Note">A remark in the issuer's words.</param>
/// <param name="Refusal">Why the application is refused, and the remedies; null for a notice that asks for materials.</param>
/// <param name="Exception">Why something is demanded again; null for the first notice.</param>
public sealed record NoticeBody(
    string Number, string CaseNumber, DateTimeOffset IssuedAt, Bilingual Hall, Bilingual Unit, Bilingual Item, string IssuedBy, string? Phone,
    string LegalBasis, IReadOnlyList<string> Conditions, IReadOnlyList<GuideMaterial> Missing, IReadOnlyList<string> Procedure, string TimeLimit, string Fee,
    string SupervisionPhone, string? Note, NoticeRefusal? Refusal, ApprovedGround? Exception);

/// <summary>A refusal on a notice: the reasons, and what can be done against it (救济途径).</summary>
public sealed record NoticeRefusal(string? Reasons, string? Remedies);

/// <param name="Code">Which exception.</param>
/// <param name="Reason">In the asker's words.</param>
/// <param name="ApprovedBy">The name of who approved.</param>
public sealed record ApprovedGround(DemandGround Code, string Reason, string ApprovedBy);
