using Feedback.Domain.Time;

namespace Feedback.Tests.Domain.Time;

internal sealed class LimitTests
{
    [TestCase("5wd", 5, LimitUnit.WorkingDays)]
    [TestCase("60d", 60, LimitUnit.CalendarDays)]
    [TestCase("24h", 24, LimitUnit.Hours)]
    [TestCase("0wd", 0, LimitUnit.WorkingDays)]
    public void A_limit_is_read_and_written(string text, int amount, LimitUnit unit)
    {
        Assert.That(Limit.Parse(text), Is.EqualTo(new Limit(amount, unit)));
        Assert.That(Limit.Parse(text).ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("wd")]
    [TestCase("-1d")]
    [TestCase("5 wd")]
    [TestCase("99999999999h")]
    public void Anything_else_is_refused(string text)
    {
        Assert.That(() => Limit.Parse(text), Throws.TypeOf<FormatException>());
    }

    [TestCase("09:00-12:00,13:30-17:30", 420)]
    [TestCase("08:30-17:00", 510)]
    public void Opening_hours_are_read_and_written(string text, int minutes)
    {
        Assert.That(OpeningHours.Parse(text).WholeDay.TotalMinutes, Is.EqualTo(minutes));
        Assert.That(OpeningHours.Parse(text).ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("09:00")]
    [TestCase("12:00-09:00")]
    [TestCase("09:00-12:00,11:00-17:00")]
    [TestCase("13:30-17:30,09:00-12:00")]
    public void Hours_that_overlap_or_run_backwards_are_refused(string text)
    {
        Assert.That(() => OpeningHours.Parse(text), Throws.TypeOf<FormatException>());
    }
}
