using System.Globalization;
using Feedback.Domain.Clocks;
using Feedback.Domain.Time;
using Feedback.Tests.Domain.Clocks;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Feedback.Tests.Domain.Time;

/// <summary>The product's calendar and clocks against <see cref="MinuteByMinute"/>: not one difference is allowed.</summary>
internal sealed class MinuteByMinuteTests
{
    private const int Scenarios = 100_000;

    private static readonly Property Equal = true.ToProperty();

    private static readonly Gen<string> Usual = Gen.Elements("09:00-12:00,13:30-17:30", "08:30-17:00", "09:00-12:00,13:00-17:00");

    private static readonly Gen<string> Any =
        from minutes in Gen.ArrayOf(Gen.Choose(0, 1439)).Where(m => m.Length >= 4)
        let edges = minutes.Distinct().Take(4).Order().ToArray()
        where edges.Length == 4
        from spans in Gen.Elements<(int, int)[]>([(edges[0], edges[3])], [(edges[0], edges[1]), (edges[2], edges[3])])
        where spans.Sum(s => s.Item2 - s.Item1) >= 60
        select string.Join(',', spans.Select(s => $"{Clock(s.Item1)}-{Clock(s.Item2)}"));

    private static readonly Gen<Limit> Limits = Gen.OneOf(
        Gen.Choose(1, 15).Select(Limit.WorkingDays),
        Gen.Choose(1, 60).Select(Limit.CalendarDays),
        Gen.Choose(1, 48).Select(Limit.Hours),
        Gen.Choose(1, 16).Select(n => new Limit(n, LimitUnit.WorkingHours)));

    private static readonly Gen<MinuteByMinute.Change> Pauses =
        from share in Gen.Frequency((8, Gen.Choose(0, 999)), (1, Gen.Elements(0, 1000)))
        from seconds in Gen.OneOf(Gen.Choose(0, 36_000), Gen.Choose(0, 400).Select(m => m * 60), Gen.Choose(0, 28 * 24).Select(h => h * 3600))
        select new MinuteByMinute.Change(share, seconds * 1000L, null);

    private static readonly Gen<Scenario> All =
        from hours in Gen.OneOf(Usual, Any)
        from day in Gen.Choose(1, 4 * 365)
        from minute in Gen.OneOf(Gen.Choose(0, 1439), Gen.Elements(Scenario.Edges(hours)))
        from seconds in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(-59, 59)))
        from limit in Limits
        from pauses in Gen.Choose(0, 3).SelectMany(n => Pauses.ListOf(n))
        from extension in Gen.OneOf(
            Gen.Constant<MinuteByMinute.Change?>(null),
            from share in Gen.Choose(0, 999) from extra in Gen.Choose(1, 10) select new MinuteByMinute.Change(share, 0, extra))
        from place in Gen.Choose(0, pauses.Count)
        let changes = extension is null ? pauses : [.. pauses.Take(place), extension, .. pauses.Skip(place)]
        select new Scenario(hours, limit, MinuteByMinute.First.AddDays(day).AddMinutes(minute).AddSeconds(seconds), [.. changes]);

    [Test]
    public void Every_step_of_every_clock_is_where_counting_minute_by_minute_puts_it()
    {
        var parallel = FSharpOption<ParallelRunConfig>.Some(new ParallelRunConfig(Environment.ProcessorCount));
        Prop.ForAll(Arb.From(All, Simpler), Compare).Check(Config.QuickThrowOnFailure.WithMaxTest(Scenarios).WithParallelRunConfig(parallel));
    }

    private static Property Compare(Scenario scenario)
    {
        var counted = scenario.Counted().ToList();
        var product = scenario.OfProduct(counted).ToList();
        return counted.Zip(product).All(pair => Same(pair.First, pair.Second)) ? Equal : false.Label($"\nminute by minute\n{Tell(counted)}\nthe product\n{Tell(product)}\n");
    }

    private static bool Same(MinuteByMinute.Cycle counted, MinuteByMinute.Cycle product) =>
        (counted.Start, counted.Due, counted.Warning) == (product.Start, product.Due, product.Warning) && counted.Rungs.SequenceEqual(product.Rungs);

    private static string Tell(IEnumerable<MinuteByMinute.Cycle> cycles) => string.Join('\n', cycles.Select(c =>
        $"from {Show(c.Start)} until {Show(c.Due)}, warning {(c.Warning is { } warning ? Show(warning) : "none")}, ladder {string.Join(", ", c.Rungs.Select(Show))}"));

    private static string Show(long at) => MinuteByMinute.First.AddMilliseconds(at).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    /// <summary>Fewer changes, usual hours, rounder instants, a smaller limit: what is printed is the simplest scenario that differs.</summary>
    private static IEnumerable<Scenario> Simpler(Scenario scenario)
    {
        for (var i = 0; i < scenario.Changes.Count; i++)
        {
            var (change, others) = (scenario.Changes[i], scenario.Changes.ToList());
            others.RemoveAt(i);
            yield return scenario with { Changes = others };
            foreach (var pause in new[] { 24 * 3_600_000L, 3_600_000, 60_000 }.Select(unit => change.Pause / unit * unit).Where(p => p != change.Pause))
            {
                yield return scenario with { Changes = [.. scenario.Changes.Select((c, n) => n == i ? c with { Pause = pause } : c)] };
            }

            if (change.Share % 100 != 0) yield return scenario with { Changes = [.. scenario.Changes.Select((c, n) => n == i ? c with { Share = c.Share / 100 * 100 } : c)] };
            if (change.Extra > 1) yield return scenario with { Changes = [.. scenario.Changes.Select((c, n) => n == i ? c with { Extra = 1 } : c)] };
        }

        if (scenario.Hours != "09:00-17:00") yield return scenario with { Hours = "09:00-17:00" };
        foreach (var unit in new[] { TimeSpan.TicksPerHour, TimeSpan.TicksPerMinute }.Where(unit => scenario.Start.Ticks % unit != 0))
        {
            yield return scenario with { Start = new DateTime(scenario.Start.Ticks / unit * unit) };
        }

        foreach (var amount in new[] { 1, scenario.Limit.Amount / 2, scenario.Limit.Amount - 1 }.Where(a => a >= 1 && a < scenario.Limit.Amount))
        {
            yield return scenario with { Limit = scenario.Limit with { Amount = amount } };
        }
    }

    private static string Clock(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:D2}:{minute % 60:D2}");

    /// <summary>One clock from its start to its end, told in the hall's local time.</summary>
    internal sealed record Scenario(string Hours, Limit Limit, DateTime Start, IReadOnlyList<MinuteByMinute.Change> Changes)
    {
        private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

        private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

        // Hours of opening time are what hand-overs are answered in; that clock has no ladder.
        private ClockKind Kind => Limit.Unit == LimitUnit.WorkingHours ? ClockKind.HandOver : ClockKind.Answer;

        private MinuteByMinute Counter => new([.. Hours.Split(',').Select(span => span.Split('-')).Select(s => (Minutes(s[0]), Minutes(s[1])))]);

        /// <summary>The minutes at which the hall opens and closes.</summary>
        public static int[] Edges(string hours) => [.. hours.Split(',', '-').Select(Minutes)];

        public IEnumerable<MinuteByMinute.Cycle> Counted() => Counter.Cycles(
            (long)(Start - MinuteByMinute.First).TotalMilliseconds, Limit.Amount, Limit.ToString().TrimStart([.. "0123456789"]), Kind.HasLadder(), Changes);

        /// <summary>The same by the product, which is told when each change comes and nothing else that was counted.</summary>
        public IEnumerable<MinuteByMinute.Cycle> OfProduct(IEnumerable<MinuteByMinute.Cycle> counted)
        {
            var calendar = new WorkCalendar(WorkCalendarTests.Years, OpeningHours.Parse(Hours), Shanghai);
            var clock = Feedback.Domain.Clocks.Clock.Start(Kind, Limit, new DateTimeOffset(Start, Offset), calendar, ClockTests.Rules);
            yield return Told(clock);
            foreach (var (change, start) in Changes.Zip(counted.Skip(1), (change, next) => (change, next.Start)))
            {
                clock = change.Extra is { } extra
                    ? clock.Extend(Limit with { Amount = extra }, Instant(start), calendar, ClockTests.Rules)
                    : clock.Resume(Instant(start - change.Pause), Instant(start), calendar, ClockTests.Rules);
                yield return Told(clock);
            }
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{Limit} from {Start:yyyy-MM-dd ddd HH:mm:ss}, open {Hours}{string.Concat(Changes.Select(c => $", {Name(c)} at {c.Share / 10.0} % of the time left"))}");

        private static string Name(MinuteByMinute.Change change) =>
            change.Extra is { } extra ? $"extended by {extra}" : $"paused for {TimeSpan.FromMilliseconds(change.Pause).ToString("c", CultureInfo.InvariantCulture)}";

        private static MinuteByMinute.Cycle Told(Clock clock) => new(
            Milliseconds(clock.StartedAt),
            Milliseconds(clock.DueAt),
            clock.Steps.Where(s => s.What == EscalationStep.Yellow).Select(s => (long?)Milliseconds(s.DueAt)).SingleOrDefault(),
            [.. clock.Steps.Where(s => s.What != EscalationStep.Yellow).OrderBy(s => s.What).Select(s => Milliseconds(s.DueAt))]);

        private static DateTimeOffset Instant(long at) => new(MinuteByMinute.First.AddMilliseconds(at), Offset);

        private static long Milliseconds(DateTimeOffset at)
        {
            var ticks = (at.ToOffset(Offset).DateTime - MinuteByMinute.First).Ticks;
            return ticks % TimeSpan.TicksPerMillisecond == 0 ? ticks / TimeSpan.TicksPerMillisecond : throw new InvalidOperationException($"{at:O} is not on a millisecond.");
        }

        private static int Minutes(string clock) => (int)TimeOnly.ParseExact(clock, "HH:mm", CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;
    }
}
