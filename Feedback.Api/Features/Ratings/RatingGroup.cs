using Feedback.Casework;
using Feedback.Casework.Contacts;
using Feedback.Casework.Counts;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Pipeline;

namespace Feedback.Features.Ratings;

/// <summary>
/// Decides on the ratings that came at the same time: what is known of their windows, tickets, devices and items is read once for
/// all, and each rating is judged as if those before it in the group were stored already.
/// </summary>
internal sealed class RatingGroup(
    Db db, WindowDirectory windows, ReferenceData reference, ContactBook contacts, RatingTraces traces, PresenceCheck presence, BadRatings badRatings, LocalTime local, TimeProvider time)
    : IGroupHandler<RateService, RateService.Receipt>
{
    private const int ReceiptLength = 8;

    /// <summary>
    /// So many characters are drawn once for a group: its receipts lie side by side in the index, where otherwise each has a page
    /// of its own to be written. The other 30 bits are the rating's own; who knows one receipt of a group of 256 hits another with a
    /// guess in four million, and who knows none needs a million ratings for one in a million.
    /// </summary>
    private const int SharedOfReceipt = 2;
    private const int OwnOfReceipt = ReceiptLength - SharedOfReceipt;

    private const string RatedSql = "select 1 from rating where hall_code = @Hall and local_day = @Day and ticket = @Ticket";

    private const string ItemsSql = "select code, department_code from service_item where code in @items";

    private const string InsertSql =
        """
        insert into rating (id, receipt, hall_code, department_code, window_code, item_code, channel, grade, comment, ticket, visits, contact_id, rated_at, local_day, served_at, presence)
        values (@Id, @Receipt, @Hall, @Department, @Window, @Item, @Channel, @Grade, @Comment, @Ticket, @Visits, @Contact, @At, @Day, @ServedAt, @Presence)
        """;

    private const string TagSql = "insert into rating_tag (rating_id, tag_code) values (@Id, @Tag)";

    public async Task<IReadOnlyList<Outcome<RateService.Receipt>>> Handle(IReadOnlyList<RateService> commands, WriteBatch writes, CancellationToken ct)
    {
        var known = await Known(commands, ct);
        var (outcomes, rows, tags, counts, kept) = (new List<Outcome<RateService.Receipt>>(), new List<Row>(), new List<TagRow>(), new List<CountKey>(), new List<RatingTraces.Row>());
        var (keys, shared, own) = (Keys.New(time, commands.Count), PublicCode.Random(SharedOfReceipt), PublicCode.Random(OwnOfReceipt * commands.Count));
        foreach (var command in commands)
        {
            var judged = Judge(command, known);
            if (judged.Refusal is { } refusal)
            {
                outcomes.Add(refusal);
                continue;
            }

            var (window, now, day, chosen) = judged.Value;
            var receipt = string.Concat(shared, own.AsSpan(rows.Count * OwnOfReceipt, OwnOfReceipt));
            var row = Row.Of(command, judged.Value, keys[rows.Count], receipt, await contacts.Keep(command.Contact, ct), await presence.StepOf(command, window.Code, ct));
            var count = CountKey.OfRating(day, (Grade)command.Grade, window.HallCode, window.DepartmentCode, window.Code, command.Item, (Channel)row.Channel);
            rows.Add(row);
            counts.Add(count);
            foreach (var tag in chosen)
            {
                tags.Add(new TagRow(row.Id, tag.Code));
                counts.Add(count.WithTag(tag.Code));
            }

            kept.Add(known.Devices.Keep(row.Id, command, window.Code, now));
            if (command.Ticket is { } ticket) known.Tickets.Add(new ShownTicket(window.HallCode, day, ticket));
            if (((Grade)command.Grade).IsBad()) writes.Afterwards(() => badRatings.Open(row.Id, command, window, row.Contact, chosen.Select(tag => tag.Signal).OfType<Signal>(), ct));
            outcomes.Add(new RateService.Receipt(row.Id, PublicCode.Grouped(row.Receipt)));
        }

        writes.Add(InsertSql, rows);
        writes.Add(TagSql, tags);
        RatingTraces.Keep(kept, writes);
        DailyCounts.Add(counts, writes);
        return outcomes;
    }

    private async Task<Context> Known(IReadOnlyList<RateService> commands, CancellationToken ct)
    {
        var moment = new Moment(local);
        var snapshot = await reference.Read(db, ct);
        var ofTokens = await windows.OfTokens([.. commands.Where(r => r.Import is null).Select(r => r.Window!)], ct);
        var ofCodes = await windows.OfCodes([.. commands.Where(r => r.Import is not null).Select(r => r.Window!)], ct);

        Outcome<WindowInfo> WindowOf(RateService rating) => (rating.Import is null ? ofTokens : ofCodes)[rating.Window!];

        var shown = commands.Where(r => r.Ticket is not null && WindowOf(r).Refusal is null).Select(r => new ShownTicket(WindowOf(r).Value.HallCode, moment.DayOf(r), r.Ticket!));
        var items = commands.Select(r => r.Item).OfType<string>().Distinct().ToList();
        var served = items.Count == 0 ? [] : await db.Query<Served>(ItemsSql, new { items }, ct);
        return new Context(
            moment,
            snapshot,
            WindowOf,
            [.. await db.Found(RatedSql, [.. shown.Distinct()], ct)],
            [.. served],
            await traces.Read(commands, ct));
    }

    private static Outcome<Accepted> Judge(RateService rating, Context known)
    {
        var found = known.WindowOf(rating);
        if (found.Refusal is { } refusal) return refusal;
        if (rating.Import?.By?.HallCode is { } own && own != found.Value.HallCode) return CaseRefusals.WindowUnknown;
        var (window, now, day) = (found.Value, known.Moment.Of(rating), known.Moment.DayOf(rating));
        if (now > known.Moment.Now || !known.Reference.HasRulesOn(day))
        {
            return RatingsRefusals.RatedAtOutOfRange;
        }

        var (catalogue, policy) = (known.Reference.TagsOn(day), known.Reference.PolicyOn(day));
        var tags = (rating.Tags ?? []).Distinct().Select(code => (Code: code, Tag: catalogue.Find(code))).ToList();
        if (tags.Find(t => t.Tag?.Grade != (Grade)rating.Grade) is { Code: { } stranger })
        {
            return RatingsRefusals.TagNotOfGrade(stranger);
        }

        if (TextRules.TooLong("comment", rating.Comment, policy.Texts.RatingComment) is { } tooLong) return tooLong;
        if (rating.Ticket is { } ticket && known.Tickets.Contains(new ShownTicket(window.HallCode, day, ticket))) return RatingsRefusals.TicketAlreadyRated;
        if (known.Devices.Refuse(rating, window.Code, policy.Ratings) is { } tooOften) return tooOften;
        if (rating.ServedAt > now) return RatingsRefusals.RatedBeforeService;
        if (rating.Item is { } item && !known.Items.Contains(new Served(item, window.DepartmentCode)))
        {
            return RatingsRefusals.ItemUnknown;
        }

        return new Accepted(window, now, day, [.. tags.Select(t => t.Tag!)]);
    }

    /// <summary>Now, for all of a group.</summary>
    private sealed class Moment(LocalTime local)
    {
        private readonly DateOnly _today = local.Today;

        public DateTimeOffset Now { get; } = local.Now;

        public DateTimeOffset Of(RateService rating) => rating.Import?.RatedAt ?? Now;

        public DateOnly DayOf(RateService rating) => rating.Import?.RatedAt is { } brought ? local.DayOf(brought) : _today;
    }

    /// <param name="Moment">Now.</param>
    /// <param name="Reference">Policies and tags.</param>
    /// <param name="WindowOf">The window that a rating is about.</param>
    /// <param name="Tickets">Those rated already.</param>
    /// <param name="Items">What is served where.</param>
    /// <param name="Devices">What the devices gave of late.</param>
    private sealed record Context(
        Moment Moment, ReferenceData.Snapshot Reference, Func<RateService, Outcome<WindowInfo>> WindowOf, HashSet<ShownTicket> Tickets, HashSet<Served> Items, RatingTraces.Recent Devices);

    private sealed record Accepted(WindowInfo Window, DateTimeOffset At, DateOnly Day, IReadOnlyList<Tag> Tags);

    private sealed record ShownTicket(string Hall, DateOnly Day, string Ticket);

    private sealed record Served(string Code, string DepartmentCode);

    private sealed record TagRow(Guid Id, string Tag);

    private sealed record Row(
        Guid Id, string Receipt, string Hall, string Department, string Window, string? Item, int Channel, int Grade, string? Comment, string? Ticket, int? Visits, Guid? Contact,
        DateTimeOffset At, DateOnly Day, DateTimeOffset? ServedAt, int? Presence)
    {
        public static Row Of(RateService rating, Accepted accepted, Guid id, string receipt, Guid? contact, int? presence) => new(
            id,
            receipt,
            accepted.Window.HallCode,
            accepted.Window.DepartmentCode,
            accepted.Window.Code,
            rating.Item,
            (int)(rating.Import is null ? Domain.Ratings.Channel.Qr : Domain.Ratings.Channel.Terminal),
            rating.Grade,
            TextRules.OrNull(rating.Comment),
            rating.Ticket,
            rating.Visits,
            contact,
            accepted.At,
            accepted.Day,
            rating.ServedAt,
            presence);
    }
}
