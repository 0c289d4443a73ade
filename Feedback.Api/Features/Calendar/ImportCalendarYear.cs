using System.Globalization;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Time;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Calendar;

/// <summary>
/// A year of the State Council's notice arrives, or a correction of one. The clocks that run are recomputed soon after
/// (<see cref="RecomputeClocks"/>). The same notice twice changes nothing.
/// </summary>
internal sealed record ImportCalendarYear(CalendarYear Notice) : ICommand<ImportCalendarYear.Imported>
{
    /// <param name="WorkingDays">How many the year has now.</param>
    /// <param name="RecomputedFrom">From when the running clocks are recomputed; null when the notice was known.</param>
    public sealed record Imported(int WorkingDays, DateTimeOffset? RecomputedFrom);

    internal sealed class Validator : AbstractValidator<ImportCalendarYear>
    {
        public Validator()
        {
            RuleFor(c => c.Notice.Year).InclusiveBetween(2000, 2100).Refuse("year_out_of_range", "年份须在 2000 到 2100 之间。", "The year is between 2000 and 2100.");
            RuleFor(c => c.Notice.Source).NotEmpty().Refuse("source_missing", "请写明通知的名称或文号。", "Please name the notice.");
            RuleFor(c => c.Notice.Off).NotEmpty().Refuse("off_missing", "放假日期为空。", "There are no days off.");
            RuleForEach(c => c.Notice.Off).Must((c, day) => day.Year == c.Notice.Year).Refuse("day_of_another_year", day => Of(day, "不在这一年。", "is in another year."));
            RuleForEach(c => c.Notice.Working).Must((c, day) => day.Year == c.Notice.Year).Refuse("day_of_another_year", day => Of(day, "不在这一年。", "is in another year."));
            RuleForEach(c => c.Notice.Working).Must(day => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday).Refuse("working_day_no_weekend", day => Of(day, "不是周末,无须调休上班。", "is no weekend day and needs no make-up."));
            RuleForEach(c => c.Notice.Working).Must((c, day) => !c.Notice.Off.Contains(day)).Refuse("day_twice", day => Of(day, "既放假又上班。", "is both off and worked."));
        }

        private static Bilingual Of(DateOnly day, string zh, string en)
        {
            var text = day.ToString("O", CultureInfo.InvariantCulture);
            return new Bilingual($"{text} {zh}", $"{text} {en}");
        }
    }

    internal sealed class Handler(Db db, CalendarRevisions revisions, LocalTime local) : IRequestHandler<ImportCalendarYear, Outcome<Imported>>
    {
        private const string KnownSql = "select body from reference_document where kind = 'calendar' and version = @year";
        private const string ReplaceSql = "update reference_document set body = @body, loaded_at = @now where kind = 'calendar' and version = @year";
        private const string LoadSql = "insert into reference_document (kind, version, body, loaded_at) values ('calendar', @year, @body, @now)";

        public async Task<Outcome<Imported>> Handle(ImportCalendarYear request, CancellationToken cancellationToken)
        {
            var (year, notice) = (request.Notice.Year, request.Notice with { Off = [.. request.Notice.Off.Distinct().Order()], Working = [.. request.Notice.Working.Distinct().Order()] });
            var first = new DateOnly(year, 1, 1);
            var calendar = new WorkCalendar([notice], OpeningHours.Parse("09:00-17:00"), local.Zone);
            var workingDays = Enumerable.Range(0, first.AddYears(1).DayNumber - first.DayNumber).Count(n => calendar.IsWorkingDay(first.AddDays(n)));

            var known = await db.SingleOrDefault<string>(KnownSql, new { year }, cancellationToken);
            if (known is not null && Same(ReferenceData.Parse<CalendarYear>(known), notice)) return new Imported(workingDays, null);
            await db.Execute(known is null ? LoadSql : ReplaceSql, new { year, body = ReferenceData.Write(notice), now = local.Now }, cancellationToken);
            return new Imported(workingDays, await revisions.Add(null, first, notice.Source, null, cancellationToken));
        }

        private static bool Same(CalendarYear one, CalendarYear other) => one.Off.Order().SequenceEqual(other.Off) && one.Working.Order().SequenceEqual(other.Working);
    }
}
