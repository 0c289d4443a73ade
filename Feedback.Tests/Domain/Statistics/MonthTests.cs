using Feedback.Domain.Statistics;

namespace Feedback.Tests.Domain.Statistics;

internal sealed class MonthTests
{
    [TestCase("2026-12", "2026-12-01", "2027-01-01")]
    [TestCase("2024-02", "2024-02-01", "2024-03-01")]
    public void A_month_ends_where_the_next_begins(string text, string from, string to) =>
        Assert.That(Month.Parse(text), Is.EqualTo(new Month(DateOnly.Parse(from, null), DateOnly.Parse(to, null))));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("2026")]
    [TestCase("2026-13")]
    [TestCase("2026-00")]
    [TestCase("2026-1")]
    [TestCase("2026-11-01")]
    [TestCase(" 2026-11")]
    [TestCase("9999-12")]
    [TestCase("２０２６-11")]
    public void Anything_else_is_no_month(string? text) => Assert.That(Month.Parse(text), Is.Null);
}
