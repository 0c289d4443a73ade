using Feedback.Schedule;

namespace Feedback.Tests.Schedule;

/// <summary>What the readiness check is told of the jobs.</summary>
internal sealed class JobRoundsTests
{
    private static readonly string[] Lively = [.. RecurringJobs.All.Where(j => j.Cadence.Look is not null).Select(j => j.Id)];

    private readonly Ticking _time = new();
    private JobRounds _rounds = null!;

    [SetUp]
    public void Start() => _rounds = new JobRounds(_time);

    [Test]
    public void Before_every_job_that_looks_each_second_has_ended_a_round_nothing_is_current()
    {
        Assert.That(Lively, Has.Length.EqualTo(3));
        foreach (var job in Lively)
        {
            Assert.That(_rounds.AreCurrent, Is.False, job);
            _rounds.Ended(job);
        }

        Assert.That(_rounds.AreCurrent, Is.True);
    }

    [Test]
    public void One_of_them_that_ends_no_round_for_half_a_minute_is_missed()
    {
        foreach (var job in Lively) _rounds.Ended(job);
        _time.Passed += TimeSpan.FromSeconds(29);
        Assert.That(_rounds.AreCurrent, Is.True);
        foreach (var job in Lively[1..]) _rounds.Ended(job);
        _time.Passed += TimeSpan.FromSeconds(2);
        Assert.That(_rounds.AreCurrent, Is.False);
        _rounds.Ended(Lively[0]);
        Assert.That(_rounds.AreCurrent, Is.True);
    }

    [TestCase("FireDueTimers", 30)]
    [TestCase("RecomputeClocks", 60)]
    [TestCase("ApplyRetention", 3600)]
    public void A_round_that_does_not_end_is_named_stuck_until_it_does(string job, int seconds)
    {
        var round = _rounds.Begin(job);
        _time.Passed += TimeSpan.FromSeconds(seconds);
        Assert.That(_rounds.Stuck, Is.Empty);
        _time.Passed += TimeSpan.FromSeconds(1);
        Assert.That(_rounds.Stuck, Is.EqualTo(new[] { job }));
        round.Dispose();
        Assert.That(_rounds.Stuck, Is.Empty);
    }

    private sealed class Ticking : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
