using System.Text.Json;
using Feedback.Data;
using Feedback.Domain.Time;

namespace Feedback.Tests.Domain.Time;

/// <summary>Against the notices that are shipped, with the answers known from docs/domain.md and times worked out by hand.</summary>
internal sealed class WorkCalendarTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    internal static readonly CalendarYear[] Years =
        [.. EmbeddedScript.In("reference/calendar").Select(s => JsonSerializer.Deserialize<CalendarYear>(s.Text, JsonSerializerOptions.Web)!)];

    internal static readonly WorkCalendar Calendar = new(Years, OpeningHours.Parse("09:00-12:00,13:30-17:30"), Shanghai);

    [TestCase("2026-02-13", 1, "2026-02-14")]
    [TestCase("2026-02-13", 5, "2026-02-27")]
    [TestCase("2026-02-13", 15, "2026-03-12")]
    [TestCase("2026-09-30", 1, "2026-10-08")]
    [TestCase("2026-09-30", 5, "2026-10-13")]
    [TestCase("2026-04-30", 5, "2026-05-11")]
    [TestCase("2026-09-18", 1, "2026-09-20")]
    [TestCase("2025-12-31", 1, "2026-01-04")]
    public void Working_days_follow_the_notices(string day, int days, string expected)
    {
        Assert.That(Calendar.AddWorkingDays(Day(day), days), Is.EqualTo(Day(expected)));
    }

    [TestCase("2026-10-08", 1, "2026-09-30")]
    [TestCase("2026-02-24", 1, "2026-02-14")]
    public void Working_days_are_counted_back_as_well(string day, int days, string expected)
    {
        Assert.That(Calendar.AddWorkingDays(Day(day), -days), Is.EqualTo(Day(expected)));
    }

    [TestCase(2024, 251)]
    [TestCase(2025, 248)]
    [TestCase(2026, 248)]
    public void A_year_has_its_number_of_working_days(int year, int expected)
    {
        var days = Enumerable.Range(0, 366).Select(new DateOnly(year, 1, 1).AddDays).Where(d => d.Year == year);
        Assert.That(days.Count(Calendar.IsWorkingDay), Is.EqualTo(expected));
        Assert.That(Calendar.IsProvisional(year), Is.False);
    }

    /// <summary>The notices once more, as they are published: a year, its days off and its make-up workdays.</summary>
    [TestCase(2024, "01-01, 02-10…02-17, 04-04…04-06, 05-01…05-05, 06-10, 09-15…09-17, 10-01…10-07", "02-04, 02-18, 04-07, 04-28, 05-11, 09-14, 09-29, 10-12")]
    [TestCase(2025, "01-01, 01-28…02-04, 04-04…04-06, 05-01…05-05, 05-31…06-02, 10-01…10-08", "01-26, 02-08, 04-27, 09-28, 10-11")]
    [TestCase(2026, "01-01…01-03, 02-15…02-23, 04-04…04-06, 05-01…05-05, 06-19…06-21, 09-25…09-27, 10-01…10-07", "01-04, 02-14, 02-28, 05-09, 09-20, 10-10")]
    public void Every_day_of_a_year_is_what_its_notice_says(int year, string off, string working)
    {
        HashSet<DateOnly> Listed(string days) =>
            [.. days.Split(", ").Select(span => span.Split('…').Select(day => Day($"{year}-{day}")).ToList()).SelectMany(ends => Enumerable.Range(0, ends[^1].DayNumber - ends[0].DayNumber + 1).Select(ends[0].AddDays))];

        var (holidays, makeUps) = (Listed(off), Listed(working));
        for (var day = new DateOnly(year, 1, 1); day.Year == year; day = day.AddDays(1))
        {
            var expected = makeUps.Contains(day) || (!holidays.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
            Assert.That(Calendar.IsWorkingDay(day), Is.EqualTo(expected), day.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Test]
    public void No_year_of_the_repository_is_left_out_here()
    {
        var tested = typeof(WorkCalendarTests).GetMethod(nameof(Every_day_of_a_year_is_what_its_notice_says))!.GetCustomAttributes(typeof(TestCaseAttribute), false).Cast<TestCaseAttribute>();
        Assert.That(tested.Select(t => t.Arguments[0]), Is.EqualTo(Years.Select(y => y.Year)));
    }

    [Test]
    public void A_year_without_a_notice_has_plain_weekends_and_is_provisional()
    {
        Assert.That(Calendar.IsProvisional(2027), Is.True);
        Assert.That(Calendar.IsWorkingDay(Day("2027-01-01")), Is.True, "a Friday");
        Assert.That(Calendar.IsWorkingDay(Day("2027-01-02")), Is.False, "a Saturday");
    }

    [TestCase("2026-11-16T10:00", "5wd", "2026-11-23T17:30", Description = "the day of the event is not counted")]
    [TestCase("2026-11-16T08:59", "1wd", "2026-11-17T17:30", Description = "before opening counts from the opening")]
    [TestCase("2026-11-16T12:30", "1wd", "2026-11-17T17:30", Description = "the midday break is the same day")]
    [TestCase("2026-11-16T17:29:59", "1wd", "2026-11-17T17:30")]
    [TestCase("2026-11-16T17:30", "1wd", "2026-11-17T17:30", Description = "the closing instant belongs to its day")]
    [TestCase("2026-11-16T17:30:00.001", "1wd", "2026-11-18T17:30", Description = "closed: from the next working day")]
    [TestCase("2026-11-21T10:00", "1wd", "2026-11-24T17:30", Description = "a Saturday counts from Monday")]
    [TestCase("2026-02-13T18:00", "1wd", "2026-02-24T17:30", Description = "after hours before a make-up Saturday and a long holiday")]
    [TestCase("2026-11-16T10:00", "60d", "2027-01-15T17:30")]
    [TestCase("2026-11-16T10:00", "24h", "2026-11-17T10:00")]
    [TestCase("2026-11-21T23:30", "2h", "2026-11-22T01:30", Description = "hours run through nights and weekends")]
    public void The_due_instant(string start, string limit, string due)
    {
        Assert.That(Calendar.Due(At(start), Limit.Parse(limit)), Is.EqualTo(At(due)));
    }

    [TestCase("2026-11-20T17:30", "0wd", "2026-11-20T17:30")]
    [TestCase("2026-11-20T17:30", "1wd", "2026-11-23T17:30")]
    [TestCase("2026-11-20T17:30", "5wd", "2026-11-27T17:30")]
    [TestCase("2026-09-30T17:30", "3wd", "2026-10-10T17:30")]
    [TestCase("2026-11-20T22:15", "6h", "2026-11-21T04:15")]
    public void A_rung_of_the_ladder(string due, string wait, string expected)
    {
        Assert.That(Calendar.After(At(due), Limit.Parse(wait)), Is.EqualTo(At(expected)));
    }

    [TestCase("2026-11-16T09:00", "2026-11-16T17:30", 7 * 60)]
    [TestCase("2026-11-16T00:00", "2026-11-17T00:00", 7 * 60)]
    [TestCase("2026-11-16T11:30", "2026-11-16T14:00", 60)]
    [TestCase("2026-11-16T12:10", "2026-11-16T13:20", 0)]
    [TestCase("2026-11-20T17:00", "2026-11-23T09:30", 60)]
    [TestCase("2026-11-17T09:00", "2026-11-16T09:00", 0)]
    public void Opening_time_between_two_instants(string from, string to, int minutes)
    {
        Assert.That(Calendar.OpenBetween(At(from), At(to)).TotalMinutes, Is.EqualTo(minutes));
    }

    [TestCase("2026-11-16T10:00", 0, "2026-11-16T10:00")]
    [TestCase("2026-11-16T10:00", 120, "2026-11-16T12:00")]
    [TestCase("2026-11-16T10:00", 121, "2026-11-16T13:31")]
    [TestCase("2026-11-16T10:00", 360, "2026-11-16T17:30")]
    [TestCase("2026-11-16T10:00", 361, "2026-11-17T09:01")]
    [TestCase("2026-11-21T10:00", 30, "2026-11-23T09:30")]
    [TestCase("2026-11-16T12:30", 30, "2026-11-16T14:00")]
    public void Opening_time_added(string from, int minutes, string expected)
    {
        Assert.That(Calendar.AddOpen(At(from), TimeSpan.FromMinutes(minutes)), Is.EqualTo(At(expected)));
    }

    [Test]
    public void What_was_added_is_what_lies_between()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var from = At("2025-12-01T00:00").AddMinutes(random.Next(525_600));
            var open = TimeSpan.FromMinutes(random.Next(1, 10_000));
            Assert.That(Calendar.OpenBetween(from, Calendar.AddOpen(from, open)), Is.EqualTo(open), $"{from} + {open}");
        }
    }

    internal static DateTimeOffset At(string local) => Harness.TestApp.Local(local);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
