using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Ratings;

namespace Feedback.Casework.Counts;

/// <summary>One row of the daily counts: a measure on a local day, with everything that statistics may group by.</summary>
internal sealed record CountKey(
    DateOnly LocalDay,
    string Measure,
    string Value,
    string HallCode,
    string DepartmentCode,
    string WindowCode,
    string ItemCode,
    int Channel,
    string About,
    int Lane)
{
    public const string InTime = "InTime";
    public const string Late = "Late";

    public static CountKey OfRating(DateOnly day, Grade grade, string hall, string department, string window, string? item, Channel channel) =>
        new(day, nameof(Counts.Measure.Rating), ((int)grade).ToString(System.Globalization.CultureInfo.InvariantCulture), hall, department, window, item ?? "", (int)channel, "", 0);

    public static CountKey OfCase(DateOnly day, Measure measure, string value, string hall, string department, string window, Prohibition about, Lane lane) =>
        new(day, measure.ToString(), value, hall, department, window, "", 0, about.ToString(), (int)lane);

    public CountKey WithTag(string tag) => this with { Measure = nameof(Counts.Measure.RatingTag), Value = tag };

    public CountKey AsSuspected() => this with { Measure = nameof(Counts.Measure.SuspectedPraise) };

    public static string ValueOf(EscalationStep step) => step.ToString();
}
