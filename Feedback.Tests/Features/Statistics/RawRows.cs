using System.Globalization;
using System.Text.Json.Nodes;
using Feedback.Domain.Ratings;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Features.Statistics;

/// <summary>
/// The figures of a month computed a second time, from the rows and instants alone, with none of the product's counts or code.
/// Places are (hall, unit, window).
/// </summary>
internal sealed record RawRows(IReadOnlyList<RawRows.Rating> Ratings, IReadOnlyList<RawRows.Suspicion> Suspicions, IReadOnlyList<RawRows.Case> Cases, IReadOnlyList<RawRows.Firing> Firings)
{
    internal sealed record Rating(DateTime At, int Grade, string Hall, string Unit, string Window, string Item, string Channel, IReadOnlyList<string> Tags);

    /// <summary>A good rating from its first flag until it is dismissed, if it is.</summary>
    internal sealed record Suspicion(Rating Rating, DateTime At, DateTime? DismissedAt);

    internal sealed record Case(
        string Number, string About, int Lane, string Hall, string Unit, string Window,
        DateTime FiledAt, DateTime AcceptBy, DateTime? AcceptedAt, DateTime DueAt, DateTime? AnsweredAt, int? Minutes);

    internal sealed record Firing(Case Case, int Step, DateTime At);

    /// <param name="app">Where they lie.</param>
    /// <param name="month">Such as 2026-11, in the hall's local time.</param>
    public static async Task<RawRows> Of(TestApp app, string month)
    {
        var tags = (await app.Query("select rating_id, tag_code from rating_tag")).ToLookup(r => Convert.ToHexString((byte[])r["rating_id"]!), r => (string)r["tag_code"]!);
        var ratings = (await app.Query("select * from rating")).ToDictionary(r => Convert.ToHexString((byte[])r["id"]!), r => new Rating(
            At(r["rated_at"])!.Value, Number(r["grade"]), (string)r["hall_code"]!, (string)r["department_code"]!, (string)r["window_code"]!, (string?)r["item_code"] ?? "", ((Channel)Number(r["channel"])).ToString(), [.. tags[Convert.ToHexString((byte[])r["id"]!)]]));
        var dismissed = (await app.Query("select rating_id, decided_at from rating_flag_decision where confirmed = 0")).ToDictionary(r => Convert.ToHexString((byte[])r["rating_id"]!), r => At(r["decided_at"]));
        var suspicions = (await app.Query("select rating_id, min(flagged_at) as flagged_at from rating_flag group by rating_id"))
            .Select(r => (Id: Convert.ToHexString((byte[])r["rating_id"]!), At: At(r["flagged_at"])!.Value))
            .Select(f => new Suspicion(ratings[f.Id], f.At, dismissed.GetValueOrDefault(f.Id)));
        var cases = (await app.Query("select c.*, a.answer_minutes from case_file c left join case_answer a on a.case_number = c.case_number where c.about <> 'BadRating'")).Select(r => new Case(
            (string)r["case_number"]!, (string)r["about"]!, Number(r["lane"]), (string)r["hall_code"]!, (string)r["department_code"]!, (string)r["window_code"]!,
            At(r["filed_at"])!.Value, At(r["accept_by"])!.Value, At(r["accepted_at"]), At(r["due_at"])!.Value, At(r["answered_at"]), r["answer_minutes"] is { } minutes ? Number(minutes) : null)).ToDictionary(c => c.Number);
        var firings = (await app.Query("select * from case_timer where outcome = 'Fired'")).Where(r => cases.ContainsKey((string)r["case_number"]!)).Select(r => new Firing(cases[(string)r["case_number"]!], Number(r["step"]), At(r["done_at"])!.Value));
        return new RawRows(
            [.. ratings.Values.Where(r => In(r.At))], [.. suspicions], [.. cases.Values], [.. firings.Where(f => In(f.At))]) { In = In };

        bool In(DateTime? local) => local?.ToString("yyyy-MM", CultureInfo.InvariantCulture) == month;
    }

    private Func<DateTime?, bool> In { get; init; } = null!;

    public RawRows Where(Func<(string Hall, string Unit, string Window), bool> place, int upTo) => new(
        [.. Ratings.Where(r => place((r.Hall, r.Unit, r.Window)))],
        [.. Suspicions.Where(s => place((s.Rating.Hall, s.Rating.Unit, s.Rating.Window)))],
        [.. Cases.Where(c => c.Lane <= upTo && place((c.Hall, c.Unit, c.Window)))],
        [.. Firings.Where(f => f.Case.Lane <= upTo && place((f.Case.Hall, f.Case.Unit, f.Case.Window)))]) { In = In };

    public RawRows OfItem(string item) => this with { Ratings = [.. Ratings.Where(r => r.Item == item)], Suspicions = [.. Suspicions.Where(s => s.Rating.Item == item)] };

    public RawRows OfChannel(string channel) => this with
    {
        Ratings = [.. Ratings.Where(r => r.Channel == channel)], Suspicions = [.. Suspicions.Where(s => s.Rating.Channel == channel)],
    };

    public RawRows About(string about) => this with { Cases = [.. Cases.Where(c => c.About == about)], Firings = [.. Firings.Where(f => f.Case.About == about)] };

    /// <summary>Numerator, denominator, value by the figures' codes.</summary>
    public Dictionary<string, (long?, long?, double?)> RatingFigures()
    {
        long all = Ratings.Count;
        long Suspected(int least) => Suspicions.Count(s => In(s.At) && s.Rating.Grade >= least) - Suspicions.Count(s => In(s.DismissedAt) && s.Rating.Grade >= least);
        return new()
        {
            ["ratings"] = Count(all),
            ["grade_5"] = Share(Ratings.Count(r => r.Grade == 5), all),
            ["grade_4"] = Share(Ratings.Count(r => r.Grade == 4), all),
            ["grade_3"] = Share(Ratings.Count(r => r.Grade == 3), all),
            ["grade_2"] = Share(Ratings.Count(r => r.Grade == 2), all),
            ["grade_1"] = Share(Ratings.Count(r => r.Grade == 1), all),
            ["satisfaction_rate"] = Share(Ratings.Count(r => r.Grade >= 3), all),
            ["satisfaction_rate_4"] = Share(Ratings.Count(r => r.Grade >= 4), all),
            ["bad_rate"] = Share(Ratings.Count(r => r.Grade <= 2), all),
            ["suspected_praise"] = Count(Suspected(1)),
            ["ratings_without_suspected"] = Count(all - Suspected(1)),
            ["satisfaction_rate_without_suspected"] = Share(Ratings.Count(r => r.Grade >= 3) - Suspected(3), all - Suspected(1)),
            ["satisfaction_rate_4_without_suspected"] = Share(Ratings.Count(r => r.Grade >= 4) - Suspected(4), all - Suspected(1)),
            ["bad_rate_without_suspected"] = Share(Ratings.Count(r => r.Grade <= 2), all - Suspected(1)),
        };
    }

    public Dictionary<string, (long?, long?, double?)> CaseFigures()
    {
        var accepted = Cases.Where(c => In(c.AcceptedAt)).ToList();
        var answered = Cases.Where(c => In(c.AnsweredAt)).ToList();
        var minutes = answered.Select(c => c.Minutes!.Value).Order().ToList();
        (long?, long?, double?) Rank(decimal share) => (null, minutes.Count, minutes.Count == 0 ? null : minutes[(int)Math.Ceiling(share * minutes.Count) - 1] / 60d);
        return new()
        {
            ["cases_filed"] = Count(Cases.Count(c => In(c.FiledAt))),
            ["cases_accepted"] = Count(accepted.Count),
            ["accepted_in_time_rate"] = Share(accepted.Count(c => c.AcceptedAt <= c.AcceptBy), accepted.Count),
            ["cases_answered"] = Count(answered.Count),
            ["answered_in_time_rate"] = Share(answered.Count(c => c.AnsweredAt <= c.DueAt), answered.Count),
            ["answer_hours_median"] = Rank(0.5m),
            ["answer_hours_p90"] = Rank(0.9m),
            ["escalations_yellow"] = Count(Firings.Count(f => f.Step == 0)),
            ["escalations_unit_head"] = Count(Firings.Count(f => f.Step == 1)),
            ["escalations_hall_supervisor"] = Count(Firings.Count(f => f.Step == 2)),
            ["escalations_bureau_leader"] = Count(Firings.Count(f => f.Step == 3)),
            ["escalations_discipline_inspection"] = Count(Firings.Count(f => f.Step == 4)),
        };
    }

    public Dictionary<string, (long?, long?, double?)> TagFigures(string tag)
    {
        var chosen = Ratings.Count(r => r.Tags.Contains(tag));
        return new() { ["tag_chosen"] = Count(chosen), ["tag_share"] = Share(chosen, Ratings.Count(r => r.Grade == tag[0] - '0')) };
    }

    /// <summary>The same shape from a report's JSON.</summary>
    public static Dictionary<string, (long?, long?, double?)> Read(JsonNode figures) =>
        figures.AsArray().ToDictionary(f => (string)f!["code"]!, f => ((long?)f!["numerator"], (long?)f["denominator"], (double?)f["value"]));

    private static (long?, long?, double?) Count(long n) => (n, null, n);

    private static (long?, long?, double?) Share(long part, long whole) => (part, whole, whole == 0 ? null : (double)part / whole);

    private static int Number(object? value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);

    private static DateTime? At(object? value) => value switch
    {
        null => null,
        DateTime utc => utc.AddHours(8),
        string text => DateTime.Parse(text, CultureInfo.InvariantCulture).AddHours(8),
        _ => throw new ArgumentException($"{value} is no instant."),
    };
}
