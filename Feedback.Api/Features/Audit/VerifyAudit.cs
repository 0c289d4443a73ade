using System.Globalization;
using Feedback.Casework;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Audit;

/// <summary>
/// Recomputes every link of every case's history and every anchor, and names what does not hold. A day that is not over yet has no
/// anchor; its cases are held by their own chains, by the case file, and by the count of what was filed on it.
/// </summary>
internal sealed record VerifyAudit : IQuery<VerifyAudit.Report>
{
    /// <param name="Cases">Cases whose chains were recomputed.</param>
    /// <param name="Events">Events in them.</param>
    /// <param name="AnchoredTo">The last anchored local day.</param>
    /// <param name="Breaks">What does not hold, in the order of the case numbers; the first of each case only. Empty when all holds.</param>
    public sealed record Report(int Cases, int Events, DateOnly? AnchoredTo, IReadOnlyList<Break> Breaks)
    {
        public bool Holds => Breaks.Count == 0;
    }

    /// <param name="Where">The case number, with the event's place in it, or the anchor's day.</param>
    /// <param name="What">Which rule is broken, as a stable code.</param>
    /// <param name="Text">In a sentence.</param>
    public sealed record Break(string Where, string What, string Text);

    internal sealed class Handler(Db db, EventChain chain, Anchors anchors, InquiryAudit inquiries) : IRequestHandler<VerifyAudit, Outcome<Report>>
    {
        private const string EventsSql = "select case_number, seq, kind, at, actor, detail, hash from case_event order by case_number, seq";
        // A bad rating's loop is no complaint and is counted with the ratings.
        private const string FiledSql =
            """
            select coalesce(c.local_day, f.local_day) as local_day, coalesce(c.n, 0) as counted, coalesce(f.n, 0) as there
            from (select local_day, sum(n) as n from daily_count where measure = 'CaseFiled' group by local_day) c
            full join (select filed_day as local_day, count(*) as n from case_file where about <> 'BadRating' group by filed_day) f on f.local_day = c.local_day
            where coalesce(c.n, 0) <> coalesce(f.n, 0)
            """;

        private const string FilesSql = "select case_number from case_file order by case_number";

        public async Task<Outcome<Report>> Handle(VerifyAudit request, CancellationToken cancellationToken)
        {
            var (breaks, chains, events) = (new List<Break>(), new Dictionary<string, Dictionary<int, byte[]>>(), 0);
            foreach (var history in (await db.Query<Row>(EventsSql, null, cancellationToken)).GroupBy(e => e.CaseNumber))
            {
                var (previous, place, broken) = (HashChain.Start, 0, false);
                var hashes = chains[history.Key] = [];
                foreach (var e in history)
                {
                    events++;
                    place++;
                    if (!broken && e.Seq != place)
                    {
                        broken = true;
                        breaks.Add(new Break(At(history.Key, place), "event_missing", $"Event {place} is missing; the next one there is {e.Seq}."));
                    }
                    else if (!broken && !e.Hash.AsSpan().SequenceEqual(chain.Hash(previous, e.Event, e.Seq)))
                    {
                        broken = true;
                        breaks.Add(new Break(At(history.Key, e.Seq), "event_changed", $"Event {e.Seq} ({e.Kind}) is not as it was written."));
                    }

                    hashes[e.Seq] = previous = e.Hash;
                }
            }

            foreach (var number in (await db.Query<string>(FilesSql, null, cancellationToken)).Where(n => !chains.ContainsKey(n)))
            {
                breaks.Add(new Break(number, "history_missing", "The case has no history at all."));
            }

            breaks.AddRange(await inquiries.Breaks(cancellationToken));
            foreach (var day in await db.Query<Filed>(FiledSql, null, cancellationToken))
            {
                breaks.Add(new Break(Name(day.LocalDay), "case_missing", $"{day.Counted} cases were filed on this day; {day.There} are there."));
            }

            var anchored = await Anchored(chains, breaks, cancellationToken);
            return new Report(chains.Count, events, anchored, [.. breaks.OrderBy(b => b.Where, StringComparer.Ordinal)]);
        }

        private async Task<DateOnly?> Anchored(Dictionary<string, Dictionary<int, byte[]>> chains, List<Break> breaks, CancellationToken ct)
        {
            var entries = await anchors.AllEntries(ct);
            var named = breaks.Select(b => b.Where.Split('#')[0]).ToHashSet();
            var previous = HashChain.Start;
            DateOnly? day = null;
            foreach (var anchor in await anchors.All(ct))
            {
                if (day is { } before && anchor.LocalDay != before.AddDays(1))
                {
                    breaks.Add(new Break(Name(before.AddDays(1)), "anchor_missing", "The anchor of this day is missing."));
                }

                if (!anchor.Hash.AsSpan().SequenceEqual(anchors.Hash(previous, anchor.LocalDay, entries[anchor.LocalDay])))
                {
                    breaks.Add(new Break(Name(anchor.LocalDay), "anchor_changed", "The anchor of this day is not as it was made."));
                }

                foreach (var entry in entries[anchor.LocalDay])
                {
                    if (!chains.TryGetValue(entry.CaseNumber, out var hashes))
                    {
                        if (named.Add(entry.CaseNumber)) breaks.Add(new Break(entry.CaseNumber, "case_missing", $"The anchor of {Name(anchor.LocalDay)} knows this case; it is gone."));
                    }
                    else if (!(hashes.TryGetValue(entry.Seq, out var hash) && hash.AsSpan().SequenceEqual(entry.Hash)) && named.Add(entry.CaseNumber))
                    {
                        breaks.Add(new Break(At(entry.CaseNumber, entry.Seq), "event_missing", $"The anchor of {Name(anchor.LocalDay)} knows event {entry.Seq} of this case; it is gone or another."));
                    }
                }

                (previous, day) = (anchor.Hash, anchor.LocalDay);
            }

            return day;
        }

        private static string At(string number, int seq) => string.Create(CultureInfo.InvariantCulture, $"{number}#{seq}");

        private static string Name(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

        private sealed record Filed(DateOnly LocalDay, int Counted, int There);

        private sealed record Row(string CaseNumber, int Seq, string Kind, DateTimeOffset At, string? Actor, string Detail, byte[] Hash)
        {
            public CaseEvent Event => new(CaseNumber, Kind, At, Actor, Detail);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/audit/verification", async (Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new VerifyAudit(), ct)).ToHttp()).RequireAuthorization(Access.Audit);
    }
}
