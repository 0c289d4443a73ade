using System.Text.Json.Serialization;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Time;

namespace Feedback.Domain.Policies;

/// <summary>
/// Every number of the rules, as versioned data with an effective date (db/reference/policy). A case keeps the version that
/// was in force when it was accepted. What a version does not know yet, it does not do.
/// </summary>
public sealed record Policy(
    int Version,
    DateOnly EffectiveFrom,
    IReadOnlyDictionary<CaseType, CaseLimits> CaseTypes,
    LadderPolicy Ladder,
    PausePolicy Pause,
    HandOverPolicy HandOver,
    AppealPolicy Appeal,
    WarningPolicy Warning,
    TextPolicy Texts,
    int IdempotencyDays,
    OneTimeNoticePolicy? OneTimeNotice = null,
    RedAlarmPolicy? RedAlarm = null,
    RatingPolicy? Ratings = null,
    BadRatingPolicy? BadRating = null,
    PraisePolicy? Praise = null,
    RetentionPolicy? Retention = null)
{
    /// <summary>How long the hall has to tell everything that an application lacks.</summary>
    /// <exception cref="InvalidOperationException">A version from before there were one-time notices; no application was filed under it.</exception>
    public Limit ToTell(Intake intake) => (OneTimeNotice, intake) switch
    {
        (null, _) => throw new InvalidOperationException($"Policy version {Version} knows no one-time notice."),
        (var notice, Intake.Online) => notice.Online,
        var (notice, _) => notice.Tell,
    };
}

/// <summary>The clocks of one case type; a missing limit means that the type has no such clock.</summary>
/// <param name="Acceptance">To decide whether the case is accepted (受理).</param>
/// <param name="Answer">To answer it (办结).</param>
/// <param name="Extension">What one extension adds.</param>
public sealed record CaseLimits(Limit? Acceptance, Limit Answer, Limit? Extension);

/// <summary>How long after the due instant each rung of the ladder is reached, for clocks in days and for clocks in hours.</summary>
/// <param name="Days">A wait for each step, lowest first.</param>
/// <param name="Hours">Likewise.</param>
/// <param name="Steps">The steps, lowest first; a version that names none has those of <see cref="Ladder.First"/>.</param>
public sealed record LadderPolicy(
    IReadOnlyList<Limit> Days, IReadOnlyList<Limit> Hours, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<EscalationStep>? Steps = null)
{
    private IReadOnlyList<EscalationStep> Known => Steps ?? Ladder.First;

    /// <summary>The list that is not as long as the ladder, with a sentence that counts both; null when both lists are.</summary>
    internal (string Field, Bilingual Sentence)? Mismatch =>
        Days.Count != Known.Count ? Counted("days", Days.Count)
        : Hours.Count != Known.Count ? Counted("hours", Hours.Count)
        : null;

    /// <summary>The steps of a clock with a limit in this unit, each with its wait after the due instant.</summary>
    /// <exception cref="InvalidOperationException">There are not as many waits as steps.</exception>
    internal IEnumerable<(EscalationStep Step, Limit Wait)> For(LimitUnit unit) => Mismatch is { } wrong
        ? throw new InvalidOperationException($"ladder.{wrong.Field}: {wrong.Sentence.En}")
        : Known.Zip(unit == LimitUnit.Hours ? Hours : Days);

    private (string Field, Bilingual Sentence) Counted(string field, int waits) => (
        field,
        new($"升级阶梯有 {Known.Count} 级({string.Join("、", Known)}),此处有 {waits} 个期限。", $"The ladder has {Known.Count} steps ({string.Join(", ", Known)}), this list {waits} waits."));
}

/// <summary>How long an answer clock may stand still for one reason.</summary>
public sealed record PausePolicy(Limit Longest);

/// <summary>移交: time to answer an offer, offers accepted before the hall arbitrates, time to arbitrate.</summary>
public sealed record HandOverPolicy(Limit Answer, int Limit, Limit Arbitration);

/// <summary>复核: how long after the answer a citizen may appeal, and time to decide.</summary>
public sealed record AppealPolicy(Limit Ask, Limit Decide);

/// <summary>一次性告知: the time to tell everything that is missing, at a window and online.</summary>
public sealed record OneTimeNoticePolicy(Limit Tell, Limit Online);

/// <summary>Yellow comes at the earlier of this share of the clock's own time and this long before the due instant.</summary>
/// <param name="Share">0…1 of the clock's own time.</param>
/// <param name="Before">In working days; not applied to limits in hours, nor to those of as many days or fewer.</param>
public sealed record WarningPolicy(double Share, Limit Before);

/// <summary>So many red cases of one window within so many calendar days go to discipline inspection at once.</summary>
public sealed record RedAlarmPolicy(int Reds, Limit Within);

/// <summary>评价: what one person may add and how often one device counts.</summary>
/// <param name="Supplement">How long after a rating it may be supplemented, once (追评).</param>
/// <param name="MinutesApart">Between two ratings of one device at one window, without a ticket.</param>
/// <param name="PerDay">Ratings of one device on one local day, without a ticket.</param>
/// <param name="TraceDays">How long the hashes of device and network are kept.</param>
public sealed record RatingPolicy(Limit Supplement, int MinutesApart, int PerDay, int TraceDays)
{
    /// <summary>The last day on which a rating of that day may be supplemented.</summary>
    public DateOnly LastDay(DateOnly rated) => rated.AddDays(Supplement.Amount);
}

/// <summary>差评: the limits of its loop.</summary>
/// <param name="Verify">To contact the citizen and verify (核实).</param>
/// <param name="SetRight">To set it right (整改).</param>
/// <param name="SetRightComplex">To set it right where that is complex.</param>
/// <param name="CallBack">To call back afterwards (回访).</param>
/// <param name="Appeal">How long after the rating the unit may appeal (申诉).</param>
/// <param name="Decide">To decide the unit's appeal.</param>
public sealed record BadRatingPolicy(Limit Verify, Limit SetRight, Limit SetRightComplex, Limit CallBack, Limit Appeal, Limit Decide);

/// <summary>刷好评: when good ratings are flagged as possibly faked (docs/domain.md "Faked praise"). A group is as many within a span of time.</summary>
/// <param name="Device">Of one device.</param>
/// <param name="Network">Of one network at one window, measured against what is usual there.</param>
/// <param name="Burst">At one window, measured against what is usual there.</param>
/// <param name="Closed">Outside opening hours.</param>
/// <param name="NoTicket">Without a ticket at a window whose tickets are otherwise used.</param>
/// <param name="SameText">With the same text.</param>
/// <param name="Usual">What "usual" is measured on.</param>
public sealed record PraisePolicy(
    PraisePolicy.DeviceRule Device,
    PraisePolicy.CrowdRule Network,
    PraisePolicy.CrowdRule Burst,
    PraisePolicy.ClosedRule Closed,
    PraisePolicy.TicketRule NoTicket,
    PraisePolicy.TextRule SameText,
    PraisePolicy.UsualRule Usual)
{
    /// <param name="AtWindow">The fewest at one window that are a group.</param>
    /// <param name="Anywhere">The fewest at several.</param>
    /// <param name="Hours">Within which.</param>
    public sealed record DeviceRule(int AtWindow, int Anywhere, int Hours);

    /// <param name="Ratings">The fewest that are a group.</param>
    /// <param name="Minutes">Within which.</param>
    /// <param name="TimesUsual">And at least so many times what is usual in that time.</param>
    public sealed record CrowdRule(int Ratings, int Minutes, int TimesUsual);

    /// <param name="MinutesBefore">So long before an opening counts as open still.</param>
    /// <param name="MinutesAfter">So long after a closing, likewise.</param>
    public sealed record ClosedRule(int MinutesBefore, int MinutesAfter);

    /// <param name="Share">Tickets count as used where this share of the window's praise has one, 0…1.</param>
    /// <param name="SameDevice">The fewest without a ticket of one device there that are a group.</param>
    /// <param name="Hours">Within which.</param>
    /// <param name="SameNetwork">The fewest without a ticket of one network there that are a group.</param>
    /// <param name="Minutes">Within which.</param>
    public sealed record TicketRule(double Share, int SameDevice, int Hours, int SameNetwork, int Minutes);

    /// <param name="Ratings">The fewest that are a group.</param>
    /// <param name="Hours">Within which.</param>
    /// <param name="Length">Shorter texts are stock phrases and no evidence; in Chinese characters, or words of other scripts.</param>
    public sealed record TextRule(int Ratings, int Hours, int Length);

    /// <param name="Least">With fewer earlier ratings of praise at the window, nothing is known of what is usual.</param>
    /// <param name="Most">As many are looked at.</param>
    public sealed record UsualRule(int Least, int Most);
}

/// <summary>留存: how long what is personal is kept.</summary>
/// <param name="ContactYears">After the case's end, or the rating; then the contact is made anonymous.</param>
/// <param name="CaseYears">After the case's last event; then its words are erased.</param>
public sealed record RetentionPolicy(int ContactYears, int CaseYears);

/// <summary>The longest texts, in characters (Unicode scalar values).</summary>
public sealed record TextPolicy(int RatingComment, int Complaint);
