using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Policies;
using Feedback.Domain.Ratings;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Ratings;

/// <summary>
/// Judges ratings that have arrived (刷好评, docs/adr/0008): takes a set that nobody judged, compares the good ones with what is
/// remembered, and flags what looks faked, earlier ratings of the same group too. A set is one transaction, so a crash leaves it
/// unjudged; one set is judged at a time, whoever asks, because each must see what the one before remembered.
/// </summary>
internal sealed record JudgeRatings : ICommand<JudgeRatings.Report>
{
    /// <summary>Ratings in one transaction: other writers wait as long as it takes.</summary>
    internal const int SetSize = 100;

    /// <param name="Judged">Ratings judged.</param>
    /// <param name="NextAt">At once when more may be waiting; null when none is.</param>
    public sealed record Report(int Judged, DateTimeOffset? NextAt);

    internal sealed class Handler(Db db, PraiseTraces traces, RatingFlags flags, ReferenceData reference, Vault vault, LocalTime local) : IRequestHandler<JudgeRatings, Outcome<Report>>
    {
        private const string NextSql = "select rating_id from rating_trace where judged = 0 order by rating_id";
        private const string TurnSql = "update praise_judge set sets = sets + 1 where id = 1";

        private const string ArrivedSql =
            """
            select t.rating_id, t.window_code, t.has_ticket, t.device_hash, t.network_hash, r.hall_code, r.grade, r.comment, r.rated_at
            from rating_trace t
            join rating r on r.id = t.rating_id
            where t.judged = 0
            order by t.rating_id
            """;

        private const string JudgedSql = "update rating_trace set judged = 1 where rating_id = @RatingId";

        public async Task<Outcome<Report>> Handle(JudgeRatings request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<byte[]>(db.Dialect.Limited(NextSql), new { limit = 1 }, cancellationToken) is null) return new Report(0, null);
            await db.ExecuteOne(TurnSql, null, cancellationToken);
            var arrived = await db.Query<Arrived>(db.Dialect.Limited(ArrivedSql), new { limit = SetSize }, cancellationToken);
            if (arrived.Count == 0) return new Report(0, null);

            await db.ExecuteEach(JudgedSql, arrived.Select(a => new { a.RatingId }), cancellationToken);
            var policy = (await reference.Read(db, cancellationToken)).PolicyOn(local.Today);
            if (policy.Praise is { } rules && arrived.Where(a => a.Grade.IsPraise()).ToList() is { Count: > 0 } praise)
            {
                await flags.Raise(await Judge(praise, rules, cancellationToken), policy.Version, cancellationToken);
            }

            return new Report(arrived.Count, arrived.Count == SetSize ? local.Now : null);
        }

        private async Task<IReadOnlyList<PraiseFlag>> Judge(IReadOnlyList<Arrived> praise, PraisePolicy rules, CancellationToken ct)
        {
            var hashed = praise.Select(a => (Arrived: a, Hash: HashOf(a, rules.SameText))).ToList();
            await traces.Keep(hashed.Select(h => new PraiseTraces.Kept(h.Arrived.RatingId, h.Hash)), ct);

            var raised = new List<PraiseFlag>();
            foreach (var hall in praise.GroupBy(a => a.HallCode))
            {
                var calendar = await reference.CalendarOf(hall.Key, db, ct);
                raised.AddRange(hall.Select(a => PraiseSignals.Closed(a.ToPraise(), calendar, rules.Closed)).OfType<PraiseFlag>());
            }

            foreach (var device in praise.Where(a => a.DeviceHash is not null).GroupBy(a => Convert.ToHexString(a.DeviceHash!))) raised.AddRange(await OfDevice([.. device], rules, ct));
            foreach (var network in praise.Where(a => a.NetworkHash is not null).GroupBy(a => (Convert.ToHexString(a.NetworkHash!), a.WindowCode))) raised.AddRange(await OfNetwork([.. network], rules, ct));
            foreach (var window in praise.GroupBy(a => a.WindowCode)) raised.AddRange(await OfWindow([.. window], rules, ct));
            foreach (var text in hashed.Where(h => h.Hash is not null).GroupBy(t => Convert.ToHexString(t.Hash!)))
            {
                var rule = rules.SameText;
                var span = TimeSpan.FromHours(rule.Hours);
                IReadOnlyList<Arrived> came = [.. text.Select(t => t.Arrived)];
                var rows = await traces.OfText(text.First().Hash!, ReachOf(came, span, rule.Ratings), ct);
                raised.AddRange(PraiseGroup.Among(rows, span, rule.Ratings).SelectMany(g => PraiseSignals.SameText(g, rule)));
            }

            return raised;
        }

        private async Task<IEnumerable<PraiseFlag>> OfDevice(IReadOnlyList<Arrived> came, PraisePolicy rules, CancellationToken ct)
        {
            var (many, ticketless) = (TimeSpan.FromHours(rules.Device.Hours), TimeSpan.FromHours(rules.NoTicket.Hours));
            var reach = ReachOf(came, many > ticketless ? many : ticketless, Math.Max(Math.Max(rules.Device.AtWindow, rules.Device.Anywhere), rules.NoTicket.SameDevice));
            var rows = await traces.OfDevice(came[0].DeviceHash!, reach, ct);
            var raised = PraiseSignals.SameDevice([.. rows], rules.Device).ToList();
            foreach (var window in rows.Where(p => !p.HasTicket).GroupBy(p => p.WindowCode))
            {
                foreach (var group in Joined(PraiseGroup.Among(window, ticketless, rules.NoTicket.SameDevice), came))
                {
                    raised.AddRange(PraiseSignals.NoTicketOfDevice(group, await Usual(group, group.End, came[0], rules, ct), rules));
                }
            }

            return raised;
        }

        private async Task<IEnumerable<PraiseFlag>> OfNetwork(IReadOnlyList<Arrived> came, PraisePolicy rules, CancellationToken ct)
        {
            var (many, ticketless) = (TimeSpan.FromMinutes(rules.Network.Minutes), TimeSpan.FromMinutes(rules.NoTicket.Minutes));
            var reach = ReachOf(came, many > ticketless ? many : ticketless, Math.Max(rules.Network.Ratings, rules.NoTicket.SameNetwork));
            var rows = await traces.OfNetwork(came[0].NetworkHash!, came[0].WindowCode, reach, ct);
            var raised = new List<PraiseFlag>();
            foreach (var group in Joined(PraiseGroup.Crowds(rows, many, rules.Network.Ratings), came))
            {
                raised.AddRange(PraiseSignals.SameNetwork(group, await Usual(group, group.Start, came[0], rules, ct), rules));
            }

            foreach (var group in Joined(PraiseGroup.Among(rows.Where(p => !p.HasTicket), ticketless, rules.NoTicket.SameNetwork), came))
            {
                raised.AddRange(PraiseSignals.NoTicketOfNetwork(group, await Usual(group, group.Start, came[0], rules, ct), rules));
            }

            return raised;
        }

        private async Task<IEnumerable<PraiseFlag>> OfWindow(IReadOnlyList<Arrived> came, PraisePolicy rules, CancellationToken ct)
        {
            var span = TimeSpan.FromMinutes(rules.Burst.Minutes);
            var rows = await traces.OfWindow(came[0].WindowCode, ReachOf(came, span, rules.Burst.Ratings), ct);
            var raised = new List<PraiseFlag>();
            foreach (var group in Joined(PraiseGroup.Crowds(rows, span, rules.Burst.Ratings), came))
            {
                raised.AddRange(PraiseSignals.Burst(group, await Usual(group, group.Start, came[0], rules, ct), rules));
            }

            return raised;
        }

        private async Task<UsualPraise> Usual(PraiseGroup group, DateTimeOffset before, Arrived one, PraisePolicy rules, CancellationToken ct) =>
            await traces.Before(group, before, one.NetworkHash, rules.Usual.Most, await reference.CalendarOf(one.HallCode, db, ct), ct);

        /// <summary>Those that somebody of this set has joined; the others were judged when they came.</summary>
        private static IEnumerable<PraiseGroup> Joined(IEnumerable<PraiseGroup> groups, IReadOnlyList<Arrived> came)
        {
            var ids = came.Select(a => a.RatingId).ToHashSet();
            return groups.Where(g => g.Members.Any(m => ids.Contains(m.RatingId)));
        }

        /// <summary>
        /// Far enough to see every group that these can belong to, and in a flood no further than makes one: who came before has been
        /// judged, and is in the flood's group already.
        /// </summary>
        private static PraiseTraces.Reach ReachOf(IReadOnlyList<Arrived> came, TimeSpan span, int least) =>
            new(came.Min(a => a.RatedAt) - span, came.Max(a => a.RatedAt) + span, came.Count + (4 * least));

        private byte[]? HashOf(Arrived rating, PraisePolicy.TextRule rule) =>
            PraiseSignals.TextKey(rating.Comment, rule) is { } key ? vault.Hash(Purpose.Comment, $"{rating.HallCode}\n{key}") : null;

        private sealed record Arrived(
            Guid RatingId, string WindowCode, bool HasTicket, byte[]? DeviceHash, byte[]? NetworkHash, string HallCode, Grade Grade, string? Comment, DateTimeOffset RatedAt)
        {
            public Praise ToPraise() => new(RatingId, WindowCode, HasTicket, RatedAt);
        }
    }
}
