using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>What stands on top of every page of the console.</summary>
internal sealed record ShowConsoleHeader(Actor Actor) : IQuery<ShowConsoleHeader.Header>
{
    /// <param name="Hall">The name of the caller's hall; null for roles that work for all halls.</param>
    /// <param name="Unread">Notices that the caller has not seen.</param>
    /// <param name="UnknownYear">A year that is here or near and whose notice has not been imported; else null.</param>
    public sealed record Header(Bilingual? Hall, int Unread, int? UnknownYear);

    /// <summary>How many days before a year begins its notice should be there (docs/domain.md "Time limits").</summary>
    private const int DaysBefore = 30;

    internal sealed class Handler(Db db, ReferenceData reference, LocalTime local) : IRequestHandler<ShowConsoleHeader, Outcome<Header>>
    {
        private const string HallSql = "select name, name_en from hall where code = @hall";
        private const string UnreadSql = "select count(*) from notice where login = @login and read_at is null";

        public async Task<Outcome<Header>> Handle(ShowConsoleHeader request, CancellationToken cancellationToken)
        {
            var hall = await db.SingleOrDefault<HallRow>(HallSql, new { hall = request.Actor.HallCode }, cancellationToken);
            var unread = await db.Single<int>(UnreadSql, new { login = request.Actor.Login }, cancellationToken);
            var known = (await reference.Read(db, cancellationToken)).Years.Select(y => (int?)y.Year).ToHashSet();
            int?[] near = [local.Today.Year, local.Today.AddDays(DaysBefore).Year];
            return new Header(hall is null ? null : new Bilingual(hall.Name, hall.NameEn), unread, near.FirstOrDefault(y => !known.Contains(y)));
        }

        private sealed record HallRow(string Name, string NameEn);
    }
}
