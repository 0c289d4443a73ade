using System.Globalization;
using Feedback.Data;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Data;

internal sealed class KeysTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 16, 10, 0, 0, 123, TimeSpan.FromHours(8));

    [Test]
    public void Several_of_one_moment_ascend_and_none_is_alike()
    {
        var keys = Keys.New(new TestClock(Moment), 4096);
        Assert.That(keys.Select(Stored), Is.Unique.And.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(keys.Select(k => Stored(k)[16..]), Is.Unique, "what a key shares with nobody");
        Assert.That(keys.Select(k => (k.Version, k.Variant & 0b1100)), Is.All.EqualTo((7, 0b1000)));
        Assert.That(keys.Select(k => Stored(k)[..12]), Is.All.EqualTo(Moment.ToUnixTimeMilliseconds().ToString("X12", CultureInfo.InvariantCulture)));
    }

    [Test]
    public void They_lie_between_the_moment_before_and_the_next()
    {
        var clock = new TestClock(Moment);
        var (before, now) = (Keys.New(clock), clock.Now);
        clock.Now = now.AddMilliseconds(1);
        var several = Keys.New(clock, 3);
        clock.Now = now.AddMilliseconds(2);
        List<Guid> all = [before, .. several, Keys.New(clock)];
        Assert.That(all.Select(Stored), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void The_least_of_a_moment_lies_above_the_moment_before_and_not_above_its_own()
    {
        var least = Keys.Least(Moment);
        List<Guid> all = [.. Keys.New(new TestClock(Moment.AddMilliseconds(-1)), 4096), least, .. Keys.New(new TestClock(Moment), 4096)];
        Assert.That(all.Select(Stored), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(least.Version, Is.EqualTo(7));
    }

    [Test]
    public void More_than_the_counter_can_count_are_refused() =>
        Assert.That(() => Keys.New(new TestClock(Moment), 4097), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static string Stored(Guid key) => Convert.ToHexString(key.ToByteArray(bigEndian: true));
}
