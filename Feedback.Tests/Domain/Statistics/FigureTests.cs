using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;
using Feedback.Domain.Statistics;

namespace Feedback.Tests.Domain.Statistics;

internal sealed class FigureTests
{
    private static readonly Bilingual Any = new("甲", "A");

    [Test]
    public void A_share_carries_its_parts()
    {
        var share = Figure.Share("x", Any, 7, 8, Any);

        Assert.That((share.Numerator, share.Denominator, share.Value, share.Unit, share.Print()), Is.EqualTo((7L, 8L, 0.875, "share", "87.5%")));
    }

    [Test]
    public void Nothing_divided_by_nothing_prints_a_dash_and_not_a_zero()
    {
        var share = Figure.Share("x", Any, 0, 0, Any);

        Assert.That((share.Numerator, share.Denominator, share.Value, share.Print()), Is.EqualTo((0L, 0L, (double?)null, "—")));
        Assert.That(Figure.Share("x", Any, 0, 5, Any).Print(), Is.EqualTo("0.0%"));
    }

    [Test]
    public void A_percentile_of_nothing_prints_a_dash_and_not_a_zero()
    {
        Assert.That(Figure.PercentileHours("x", Any, [], 50, Any).Print(), Is.EqualTo("—"));
        Assert.That(Figure.PercentileHours("x", Any, [0], 50, Any).Print(), Is.EqualTo("0"));
        Assert.That(Figure.PercentileHours("x", Any, [90, 195, 600], 50, Any) is { Value: 3.25, Denominator: 3, Numerator: null, Unit: "hours" });
    }

    [Test]
    public void A_count_of_nothing_is_a_zero() => Assert.That(Figure.Count("x", Any, 0, Any).Print(), Is.EqualTo("0"));

    [Test]
    public void Ratings_fall_on_the_right_side_of_each_line()
    {
        var figures = new RatingTally(new Dictionary<Grade, long>
        {
            [Grade.VerySatisfied] = 16, [Grade.Satisfied] = 8, [Grade.Acceptable] = 4, [Grade.Dissatisfied] = 2, [Grade.VeryDissatisfied] = 1,
        }, new Dictionary<Grade, long> { [Grade.VerySatisfied] = 6, [Grade.Satisfied] = 1 }).Figures().ToDictionary(f => f.Code);

        Assert.That(figures["ratings"].Numerator, Is.EqualTo(31));
        Assert.That(figures["satisfaction_rate"].Numerator, Is.EqualTo(28));
        Assert.That(figures["satisfaction_rate_4"].Numerator, Is.EqualTo(24));
        Assert.That(figures["bad_rate"].Numerator, Is.EqualTo(3));
        Assert.That(figures["grade_4"].Numerator, Is.EqualTo(8));
        Assert.That(figures.Values.Where(f => f.Denominator is not null && !f.Code.EndsWith("_without_suspected", StringComparison.Ordinal)).Select(f => f.Denominator), Is.All.EqualTo(31));

        Assert.That((figures["suspected_praise"].Numerator, figures["ratings_without_suspected"].Numerator), Is.EqualTo((7L, 24L)));
        Assert.That(
            new[] { "satisfaction_rate", "satisfaction_rate_4", "bad_rate" }.Select(code => figures[code + "_without_suspected"]).Select(f => (f.Numerator, f.Denominator)),
            Is.EqualTo(new (long?, long?)[] { (21, 24), (17, 24), (3, 24) }));
    }

    [Test]
    public void Without_ratings_every_share_is_a_dash() =>
        Assert.That(new RatingTally(new Dictionary<Grade, long>(), new Dictionary<Grade, long>()).Figures().Select(f => f.Print()), Is.EqualTo((string[])["0", .. Enumerable.Repeat("—", 8), "0", "0", "—", "—", "—"]));

    [TestCase(Lane.Hall, "(不含投诉单位负责人的件、局长信箱件和纪检监察件)")]
    [TestCase(Lane.Supervisor, "(不含局长信箱件和纪检监察件)")]
    [TestCase(Lane.Director, "(不含纪检监察件)")]
    public void A_formula_says_which_cases_are_left_out(Lane upTo, string left)
    {
        Assert.That(Cases().Figures(upTo).Select(f => f.Formula.Zh), Is.All.Contain(left));
        Assert.That(Cases().Figures(Lane.Sealed).Select(f => f.Formula.Zh), Is.All.Not.Contain("不含"));
    }

    [Test]
    public void Every_figure_says_in_both_languages_what_it_is()
    {
        IReadOnlyList<Figure> all = [.. new RatingTally(new Dictionary<Grade, long>(), new Dictionary<Grade, long>()).Figures(), .. Cases().Figures(Lane.Sealed), .. new TagTally(0, 0).Figures()];

        Assert.That(all.SelectMany(f => new[] { f.Name.Zh, f.Name.En, f.Formula.Zh, f.Formula.En }), Is.All.Not.Empty);
        Assert.That(all.Select(f => f.Code), Is.Unique.And.All.Matches("^[a-z0-9_]+$"));
    }

    private static CaseTally Cases() => new(0, 0, 0, 0, 0, new Dictionary<EscalationStep, long>(), []);
}
