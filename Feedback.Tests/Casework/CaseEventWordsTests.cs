using System.Text;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Ratings;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Casework;

/// <summary>What people read of every event, word for word: words.txt was written down from the sentences as they stood on the pages.</summary>
internal sealed class CaseEventWordsTests
{
    private static readonly DateTimeOffset At = TestApp.Local("2026-11-16T10:00");

    private static readonly DateTimeOffset Due = TestApp.Local("2026-11-24T17:30");

    private static readonly string[] Results =
    [
        "Refused", "Upheld", nameof(LinkKind.Repeat), nameof(DemandGround.NewFact), nameof(BadRatingOutcome.FixedAtOnce), nameof(CallBackResult.NotReached), nameof(AppealGround.Duplicate),
    ];

    /// <summary>Everything that makes another sentence of an event of this kind.</summary>
    internal static IEnumerable<Happening> All(CaseEventKind kind)
    {
        var plain = new Happening(At, "Zhang San", Detail(kind), Lane.Hall, new Bilingual("就业服务中心", "Employment Centre"), "Li Si");
        yield return plain;
        yield return plain with { Who = null };
        yield return plain with { Unit = null, Detail = plain.Detail with { Unit = null } };
        yield return plain with { Detail = plain.Detail with { DueAt = null } };
        yield return plain with { Detail = plain.Detail with { Count = 1 } };
        foreach (var result in Results) yield return plain with { Detail = plain.Detail with { Result = result } };
        foreach (var clock in Enum.GetNames<ClockKind>()) yield return plain with { Detail = plain.Detail with { Clock = clock } };
        if (kind == CaseEventKind.Paused)
        {
            foreach (var reason in Enum.GetNames<PauseReason>()) yield return plain with { Detail = plain.Detail with { Reason = reason } };
        }

        foreach (var step in Enum.GetNames<EscalationStep>())
        {
            foreach (var lane in Enum.GetValues<Lane>()) yield return plain with { Lane = lane, Detail = plain.Detail with { Step = step } };
        }
    }

    internal static EventDetail Detail(CaseEventKind kind) => new(
        nameof(ClockKind.Answer), nameof(EscalationStep.HallSupervisor), Due, null, kind == CaseEventKind.Paused ? nameof(PauseReason.Hearing) : "查无此事", "SI", "li", "其他", "GZ-H1-20261122-0007", null, 2);

    /// <summary>A block for each kind, with each of its sentences once.</summary>
    internal static string Written(Func<CaseEventKind, Bilingual> notice, Func<CaseEventKind, Happening, Bilingual> toStaff, Func<CaseEventKind, Happening, Bilingual?> toCitizen)
    {
        var text = new StringBuilder();
        foreach (var kind in Enum.GetValues<CaseEventKind>())
        {
            text.Append(kind).Append('\n').Append("  notice  ").Append(Line(notice(kind))).Append('\n');
            foreach (var line in All(kind).Select(e => Line(toStaff(kind, e))).Distinct()) text.Append("  staff   ").Append(line).Append('\n');
            foreach (var line in All(kind).Select(e => toCitizen(kind, e) is { } told ? Line(told) : "not shown").Distinct()) text.Append("  citizen ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    [Test]
    public void Every_sentence_is_as_it_was_written_down()
    {
        using var stream = typeof(CaseEventWordsTests).Assembly.GetManifestResourceStream("words.txt")!;
        using var reader = new StreamReader(stream);
        Assert.That(
            Written(kind => kind.Notice(), (kind, e) => kind.Words().ToStaff(e), (kind, e) => kind.Words().ToCitizen?.Invoke(e)).Split('\n'),
            Is.EqualTo(reader.ReadToEnd().Split('\n')));
    }

    private static string Line(Bilingual words) => $"{words.Zh} | {words.En}";
}
