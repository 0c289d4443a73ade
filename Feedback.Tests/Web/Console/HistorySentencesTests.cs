using Feedback.Casework;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;
using Feedback.Tests.Harness;
using Feedback.Web.Console.Cases;

namespace Feedback.Tests.Web.Console;

/// <summary>Whatever happens to a case can be told: a page with an event that has no words would be an error.</summary>
internal sealed class HistorySentencesTests
{
    private static readonly CaseEventKind[] WithReason =
    [
        CaseEventKind.Declined, CaseEventKind.ExtensionAsked, CaseEventKind.Extended, CaseEventKind.HandOverOffered, CaseEventKind.HandOverRefused, CaseEventKind.ArbitrationAsked,
        CaseEventKind.Arbitrated, CaseEventKind.AppealDecided, CaseEventKind.Recomputed, CaseEventKind.Grouped,
        CaseEventKind.DemandAsked, CaseEventKind.DemandRefused, CaseEventKind.DeemedAcceptanceRefused,
        CaseEventKind.BadRatingVerified, CaseEventKind.BadRatingSetRight, CaseEventKind.BadRatingCalledBack, CaseEventKind.BadRatingAppealed, CaseEventKind.BadRatingAppealDecided,
        CaseEventKind.ContactAsked, CaseEventKind.ContactGranted, CaseEventKind.ContactRefused,
    ];

    private static readonly CaseEventKind[] WithPerson =
        [CaseEventKind.ContactGranted, CaseEventKind.ContactRefused, CaseEventKind.HandOverOffered, CaseEventKind.HandOverAccepted, CaseEventKind.HandOverRefused, CaseEventKind.HandOverSilent, CaseEventKind.Arbitrated];

    private static readonly CaseEventKind[] WithPromise =
    [
        CaseEventKind.Accepted, CaseEventKind.Paused, CaseEventKind.Resumed, CaseEventKind.Extended, CaseEventKind.ExtensionRefused, CaseEventKind.HandOverOffered, CaseEventKind.ArbitrationAsked,
        CaseEventKind.Reopened, CaseEventKind.Appealed, CaseEventKind.Recomputed,
        CaseEventKind.BadRatingOpened, CaseEventKind.BadRatingAppealed,
    ];

    [Test]
    public void Every_event_has_its_sentence_in_both_languages([Values] CaseEventKind kind)
    {
        var sentence = Happened(kind).Sentence(Lane.Hall);

        Assert.Multiple(() =>
        {
            Assert.That(sentence.Zh, Does.Match(@"\p{IsCJKUnifiedIdeographs}").And.Not.Contain("()"));
            Assert.That(sentence.En, Does.Match("[a-z]{3}").And.Not.Contain("()").And.Not.Contain("。"));
            foreach (var language in new[] { sentence.Zh, sentence.En })
            {
                Assert.That(language.Contains("查无此事", StringComparison.Ordinal), Is.EqualTo(WithReason.Contains(kind)), "the reason");
                Assert.That(language.Contains("Li Si", StringComparison.Ordinal), Is.EqualTo(WithPerson.Contains(kind)), "the person");
                Assert.That(language.Contains("17:30", StringComparison.Ordinal), Is.EqualTo(WithPromise.Contains(kind)), "until when");
            }
        });
    }

    [Test]
    public void Every_event_has_its_notice_in_both_languages([Values] CaseEventKind kind)
    {
        Assert.That(kind.Notice().Zh, Does.Match(@"\p{IsCJKUnifiedIdeographs}"));
        Assert.That(kind.Notice().En, Does.Match("[a-z]{3}"));
    }

    [Test]
    public void Who_ended_it_and_how_it_was_decided_make_another_sentence()
    {
        Assert.That(Happened(CaseEventKind.Closed).Sentence(Lane.Hall).Zh, Is.EqualTo("Zhang San 办结。"));
        Assert.That((Happened(CaseEventKind.Closed) with { Actor = null }).Sentence(Lane.Hall).Zh, Is.EqualTo("市民表示已经解决,办结。"));
        Assert.That((Happened(CaseEventKind.Resumed) with { Actor = null }).Sentence(Lane.Hall).Zh, Is.EqualTo("恢复计时,承诺在 11月24日(周二)17:30前答复。"));
        var decided = Happened(CaseEventKind.AppealDecided);
        Assert.That(decided.Sentence(Lane.Hall).En, Does.Contain("refused the appeal"));
        Assert.That((decided with { Detail = decided.Detail with { Result = "Upheld" } }).Sentence(Lane.Hall).En, Does.Contain("upheld the appeal").And.Contain("17:30"));
    }

    private static ShowCase.HistoryEntry Happened(CaseEventKind kind) => new(
        kind,
        TestApp.Local("2026-11-16T10:00"),
        "Zhang San",
        new EventDetail(
            Clock: "Answer", Step: kind == CaseEventKind.Warned ? "Yellow" : "HallSupervisor", DueAt: TestApp.Local("2026-11-24T17:30"),
            Reason: kind == CaseEventKind.Paused ? nameof(PauseReason.Hearing) : "查无此事", Result: "Refused", Count: 2),
        new("就业服务中心", "Employment Centre"),
        "Li Si",
        []);
}
