using System.Globalization;
using System.Text;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Domain.Ratings;

/// <summary>What makes a good rating look faked (刷好评). The names are stored.</summary>
public enum PraiseSignal
{
    /// <summary>Many from one device.</summary>
    SameDevice,

    /// <summary>Many from one network at one window, far more than is usual.</summary>
    SameNetwork,

    /// <summary>Many at one window, far more than is usual.</summary>
    Burst,

    /// <summary>Given while the hall was closed.</summary>
    Closed,

    /// <summary>Several without a ticket at a window whose tickets are otherwise used.</summary>
    NoTicket,

    /// <summary>Several with the same long text.</summary>
    SameText,
}

/// <summary>A good rating, as far as it is compared with others.</summary>
/// <param name="RatingId">The rating.</param>
/// <param name="WindowCode">The window.</param>
/// <param name="HasTicket">Whether it named a ticket.</param>
/// <param name="RatedAt">When it was given.</param>
public sealed record Praise(Guid RatingId, string WindowCode, bool HasTicket, DateTimeOffset RatedAt);

/// <summary>Why one rating is suspected; the sentence holds the numbers of its day.</summary>
public sealed record PraiseFlag(Guid RatingId, PraiseSignal Signal, Bilingual Reason);

/// <summary>Praise that came closer together than the rules let pass.</summary>
/// <param name="Members">In the order of time.</param>
/// <param name="Peak">The most of them within the span.</param>
public sealed record PraiseGroup(IReadOnlyList<Praise> Members, int Peak)
{
    public DateTimeOffset Start => Members[0].RatedAt;

    public DateTimeOffset End => Members[^1].RatedAt;

    /// <summary>The groups among some praise: at least <paramref name="least"/> within <paramref name="span"/>; what overlaps is one group.</summary>
    public static IReadOnlyList<PraiseGroup> Among(IEnumerable<Praise> praise, TimeSpan span, int least)
    {
        var rows = praise.OrderBy(p => p.RatedAt).ThenBy(p => p.RatingId).ToList();
        var groups = new List<(int From, int To, int Peak)>();
        for (int from = 0, to = 0; to < rows.Count; to++)
        {
            while (rows[to].RatedAt - rows[from].RatedAt > span) from++;
            var size = to - from + 1;
            if (size < least) continue;
            if (groups.Count > 0 && groups[^1] is var last && from <= last.To) groups[^1] = (last.From, to, Math.Max(last.Peak, size));
            else groups.Add((from, to, size));
        }

        return [.. groups.Select(g => new PraiseGroup(rows[g.From..(g.To + 1)], g.Peak))];
    }

    /// <summary>Likewise, those with a ticket and those without apart: who is served with a ticket in the midst of a crowd without one has no part in it.</summary>
    public static IReadOnlyList<PraiseGroup> Crowds(IEnumerable<Praise> praise, TimeSpan span, int least) =>
        [.. praise.GroupBy(p => p.HasTicket).SelectMany(alike => Among(alike, span, least))];
}

/// <summary>What was usual at a window before a group came: the last praise that nobody suspects.</summary>
/// <param name="Known">How many are known.</param>
/// <param name="WithTicket">How many of them named a ticket.</param>
/// <param name="OfNetwork">How many of them came from the group's network, and had a ticket or none as it has.</param>
/// <param name="Open">The opening time in which they came.</param>
public sealed record UsualPraise(int Known, int WithTicket, int OfNetwork, TimeSpan Open);

/// <summary>
/// The signals of faked praise (docs/domain.md "Faked praise"). Only grades 4 and 5 are judged: nobody fakes a bad rating for
/// themselves, and a bad rating must never be put in doubt. Everything depends on the arguments alone.
/// </summary>
public static class PraiseSignals
{
    /// <summary>
    /// A text as it is compared with others: without widths, case, spaces and punctuation. Null for one that is too short to
    /// prove anything: people say 很好 and 服务态度好 without having heard of each other.
    /// </summary>
    public static string? TextKey(string? comment, PraisePolicy.TextRule rule)
    {
        if (comment is null) return null;
        var (key, length, word) = (new StringBuilder(), 0, false);
        foreach (var rune in comment.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            var letter = Rune.IsLetterOrDigit(rune);
            var ideograph = Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter;
            if (letter && (ideograph || !word)) length++;
            word = letter && !ideograph;
            if (letter) key.Append(Rune.ToLowerInvariant(rune));
        }

        return length >= rule.Length ? key.ToString() : null;
    }

    /// <summary>Staff rate their own window; a helper who lends the phone to neighbours goes to many, and is counted more patiently.</summary>
    /// <param name="ofDevice">Praise of one device.</param>
    /// <param name="rule">The numbers.</param>
    public static IEnumerable<PraiseFlag> SameDevice(IReadOnlyCollection<Praise> ofDevice, PraisePolicy.DeviceRule rule)
    {
        var span = TimeSpan.FromHours(rule.Hours);
        var atWindow = ofDevice.GroupBy(p => p.WindowCode).SelectMany(w => PraiseGroup.Among(w, span, rule.AtWindow)).SelectMany(g => Flags(g, PraiseSignal.SameDevice, new(
            $"同一台设备 {rule.Hours} 小时内给这个窗口 {g.Peak} 条好评。",
            $"One device gave this window {g.Peak} good ratings within {rule.Hours} hours.")));
        var anywhere = PraiseGroup.Among(ofDevice, span, rule.Anywhere).SelectMany(g => Flags(g, PraiseSignal.SameDevice, new(
            $"同一台设备 {rule.Hours} 小时内给出 {g.Peak} 条好评。",
            $"One device gave {g.Peak} good ratings within {rule.Hours} hours.")));
        return atWindow.Concat(anywhere);
    }

    public static IEnumerable<PraiseFlag> SameText(PraiseGroup group, PraisePolicy.TextRule rule) => Flags(group, PraiseSignal.SameText, new(
        $"{rule.Hours} 小时内有 {group.Peak} 条好评的留言相同。",
        $"{group.Peak} good ratings within {rule.Hours} hours have the same text."));

    /// <summary>A hall's Wi-Fi and a carrier's address are shared by many people, so a network alone proves nothing: where little is known of what is usual, it is no signal.</summary>
    public static IEnumerable<PraiseFlag> SameNetwork(PraiseGroup group, UsualPraise usual, PraisePolicy rules)
    {
        var (rule, expected) = (rules.Network, Expected(usual.OfNetwork, usual, rules.Network));
        if (usual.Known < rules.Usual.Least || group.Peak < expected * rule.TimesUsual) return [];
        return Flags(group, PraiseSignal.SameNetwork, new(
            $"同一网络 {rule.Minutes} 分钟内给这个窗口 {group.Peak} 条好评,平时约 {Number(expected)} 条。",
            $"One network gave this window {group.Peak} good ratings within {rule.Minutes} minutes; about {Number(expected)} are usual."));
    }

    /// <summary>No window serves so many in so little time, unless it always does.</summary>
    public static IEnumerable<PraiseFlag> Burst(PraiseGroup group, UsualPraise usual, PraisePolicy rules)
    {
        var rule = rules.Burst;
        var head = new Bilingual($"这个窗口 {rule.Minutes} 分钟内收到 {group.Peak} 条好评", $"This window got {group.Peak} good ratings within {rule.Minutes} minutes");
        if (usual.Known < rules.Usual.Least) return Flags(group, PraiseSignal.Burst, new(head.Zh + "。", head.En + "."));
        var expected = Expected(usual.Known, usual, rule);
        return group.Peak < expected * rule.TimesUsual
            ? []
            : Flags(group, PraiseSignal.Burst, new($"{head.Zh},平时约 {Number(expected)} 条。", $"{head.En}; about {Number(expected)} are usual."));
    }

    /// <param name="group">Praise without tickets of one device at one window.</param>
    /// <param name="usual">At that window.</param>
    /// <param name="rules">The numbers.</param>
    public static IEnumerable<PraiseFlag> NoTicketOfDevice(PraiseGroup group, UsualPraise usual, PraisePolicy rules) =>
        NoTicket(group, usual, rules, new($"同一台设备 {rules.NoTicket.Hours} 小时内", $"one device, {group.Peak} within {rules.NoTicket.Hours} hours"));

    /// <param name="group">Praise without tickets of one network at one window.</param>
    /// <param name="usual">At that window.</param>
    /// <param name="rules">The numbers.</param>
    public static IEnumerable<PraiseFlag> NoTicketOfNetwork(PraiseGroup group, UsualPraise usual, PraisePolicy rules) =>
        NoTicket(group, usual, rules, new($"同一网络 {rules.NoTicket.Minutes} 分钟内", $"one network, {group.Peak} within {rules.NoTicket.Minutes} minutes"));

    /// <summary>
    /// Whoever was served before the hall closed may rate a little later, and with the day's ticket the whole evening: ticket
    /// numbers begin anew each morning.
    /// </summary>
    public static PraiseFlag? Closed(Praise praise, WorkCalendar calendar, PraisePolicy.ClosedRule rule)
    {
        var local = calendar.Local(praise.RatedAt);
        var (day, minute, hours) = (DateOnly.FromDateTime(local.DateTime), local.TimeOfDay, calendar.Hours);
        var works = calendar.IsWorkingDay(day);
        var (before, after) = (TimeSpan.FromMinutes(rule.MinutesBefore), TimeSpan.FromMinutes(rule.MinutesAfter));
        if (works && hours.Spans.Any(s => minute >= s.From.ToTimeSpan() - before && minute <= s.To.ToTimeSpan() + after)) return null;
        if (works && praise.HasTicket && minute >= hours.Opens.ToTimeSpan()) return null;
        var at = Dates.Sentence(local);
        return new PraiseFlag(praise.RatingId, PraiseSignal.Closed, works
            ? new($"{at.Zh}给出,不在开放时间({hours},开门前放宽 {rule.MinutesBefore} 分钟,关门后放宽 {rule.MinutesAfter} 分钟)。",
                $"Given on {at.En}, outside opening hours ({hours}, {rule.MinutesBefore} minutes before opening and {rule.MinutesAfter} after closing allowed).")
            : new($"{at.Zh}给出,大厅当天不开放。", $"Given on {at.En}, a day on which the hall is closed."));
    }

    private static IEnumerable<PraiseFlag> NoTicket(PraiseGroup group, UsualPraise usual, PraisePolicy rules, Bilingual whose) =>
        usual.Known < rules.Usual.Least || usual.WithTicket < rules.NoTicket.Share * usual.Known
            ? []
            : Flags(group, PraiseSignal.NoTicket, new(
                $"这个窗口此前 {usual.Known} 条好评中 {usual.WithTicket} 条有取号单,{whose.Zh}却有 {group.Peak} 条没有。",
                $"Of the {usual.Known} good ratings before, {usual.WithTicket} had a ticket; these have none ({whose.En})."));

    /// <summary>How many would come in the rule's time at the pace of before.</summary>
    private static double Expected(int count, UsualPraise usual, PraisePolicy.CrowdRule rule)
    {
        var span = TimeSpan.FromMinutes(rule.Minutes);
        return count * (span / (usual.Open > span ? usual.Open : span));
    }

    private static string Number(double n) => n.ToString("0.#", CultureInfo.InvariantCulture);

    private static IEnumerable<PraiseFlag> Flags(PraiseGroup group, PraiseSignal signal, Bilingual reason) => group.Members.Select(p => new PraiseFlag(p.RatingId, signal, reason));
}
