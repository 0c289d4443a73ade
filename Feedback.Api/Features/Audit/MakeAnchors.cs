using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Audit;

/// <summary>Anchors every local day that is over and has no anchor yet; days without an event are anchored as empty.</summary>
internal sealed record MakeAnchors : ICommand<int>
{
    /// <summary>A transaction that began before midnight may commit after it; the day is anchored when it surely has.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(10);

    internal sealed class Handler(Db db, Anchors anchors, LocalTime local) : IRequestHandler<MakeAnchors, Outcome<int>>
    {
        private const string FirstSql = "select at from case_event order by at";
        private const string AnchorSql = "insert into audit_anchor (local_day, cases, hash, made_at) values (@day, @cases, @hash, @now)";
        private const string EntrySql = "insert into audit_anchor_case (local_day, case_number, seq, hash) values (@day, @CaseNumber, @Seq, @Hash)";

        public async Task<Outcome<int>> Handle(MakeAnchors request, CancellationToken cancellationToken)
        {
            var last = (await anchors.All(cancellationToken)).LastOrDefault();
            if (await FirstDay(last, cancellationToken) is not { } first) return 0;
            var (hash, made) = (last?.Hash ?? HashChain.Start, 0);
            for (var day = first; local.StartOf(day.AddDays(1)) + Settled <= local.Now; day = day.AddDays(1), made++)
            {
                var entries = await anchors.EntriesOf(day, cancellationToken);
                hash = anchors.Hash(hash, day, entries);
                await db.Execute(AnchorSql, new { day, cases = entries.Count, hash, now = local.Now }, cancellationToken);
                await db.Execute(EntrySql, entries.Select(e => new { day, e.CaseNumber, e.Seq, e.Hash }), cancellationToken);
            }

            return made;
        }

        private async Task<DateOnly?> FirstDay(Anchors.Anchor? last, CancellationToken ct)
        {
            if (last is not null) return last.LocalDay.AddDays(1);
            return await db.SingleOrDefault<DateTimeOffset?>(db.Dialect.Limited(FirstSql), new { limit = 1 }, ct) is { } first ? local.DayOf(first) : null;
        }
    }
}
