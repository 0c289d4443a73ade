using Feedback.Domain.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace Feedback.Tests.Domain.Statistics;

internal sealed class PercentileTests
{
    [TestCase(new[] { 7 }, 50, 7)]
    [TestCase(new[] { 7 }, 90, 7)]
    [TestCase(new[] { 3, 1, 2 }, 50, 2)]
    [TestCase(new[] { 4, 1, 3, 2 }, 50, 2)]
    [TestCase(new[] { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 }, 90, 9)]
    [TestCase(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 90, 10)]
    [TestCase(new[] { 5, 5, 5, 100 }, 100, 100)]
    [TestCase(new[] { 5, 6, 7, 100 }, 1, 5)]
    public void It_is_the_value_at_the_nearest_rank(int[] values, int percent, int expected) =>
        Assert.That(Percentile.NearestRank(values, percent), Is.EqualTo(expected));

    [TestCase(50)]
    [TestCase(90)]
    public void Nothing_has_no_percentile(int percent) => Assert.That(Percentile.NearestRank([], percent), Is.Null);

    [TestCase(0)]
    [TestCase(101)]
    public void A_percentage_outside_1_to_100_is_a_defect(int percent) =>
        Assert.That(() => Percentile.NearestRank([1], percent), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>The definition, without ranks: the smallest value that at least that share of the values does not exceed.</summary>
    [Test]
    public void It_is_the_smallest_value_that_covers_the_share() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonEmptyArray<int>>(),
        Gen.Choose(1, 100).ToArbitrary(),
        (values, percent) => Percentile.NearestRank(values.Get, percent) ==
            values.Get.Where(v => values.Get.Count(w => w <= v) * 100L >= (long)percent * values.Get.Length).Min()).QuickCheckThrowOnFailure();
}
