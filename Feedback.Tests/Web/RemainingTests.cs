using Feedback.Tests.Harness;
using Feedback.Web.Citizen.Progress;

namespace Feedback.Tests.Web;

internal sealed class RemainingTests
{
    [TestCase("2026-11-16T10:00", "离承诺的答复时间还有 8 天。", "The answer is due in 8 days.")]
    [TestCase("2026-11-23T23:59", "离承诺的答复时间还有 1 天。", "The answer is due tomorrow.")]
    [TestCase("2026-11-24T00:00", "承诺今天答复。", "The answer is due today.")]
    [TestCase("2026-11-24T17:29", "承诺今天答复。", "The answer is due today.")]
    [TestCase("2026-11-24T17:30", "承诺的时间已经过了,系统已自动上报。", "The promised time has passed; the system has raised it.")]
    [TestCase("2026-11-25T00:00", "已超过承诺时间 1 天,系统已自动上报。", "The promised time passed 1 day ago; the system has raised it.")]
    [TestCase("2026-11-26T09:00", "已超过承诺时间 2 天,系统已自动上报。", "The promised time passed 2 days ago; the system has raised it.")]
    public void Days_are_counted_on_the_calendar_and_the_due_instant_is_late(string now, string zh, string en)
    {
        var sentence = Remaining.Sentence(TestApp.Local("2026-11-24T17:30"), TestApp.Local(now));

        Assert.That((sentence.Zh, sentence.En), Is.EqualTo((zh, en)));
    }
}
