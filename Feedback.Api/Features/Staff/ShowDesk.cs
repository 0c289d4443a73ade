using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>What stands on top of every page of the console.</summary>
public sealed record ShowDesk(Actor Actor) : IQuery<ShowDesk.Desk>
{
    /// <param name="Hall">The name of the caller's hall; null for roles that work for all halls.</param>
    /// <param name="Unread">Notices that the caller has not seen.</param>
    public sealed record Desk(Bilingual? Hall, int Unread);

    internal sealed class Handler(Db db) : IRequestHandler<ShowDesk, Outcome<Desk>>
    {
        private const string HallSql = "select name, name_en from hall where code = @hall";
        private const string UnreadSql = "select count(*) from notice where login = @login and read_at is null";

        public async Task<Outcome<Desk>> Handle(ShowDesk request, CancellationToken cancellationToken)
        {
            var hall = await db.SingleOrDefault<HallRow>(HallSql, new { hall = request.Actor.HallCode }, cancellationToken);
            var unread = await db.Single<int>(UnreadSql, new { login = request.Actor.Login }, cancellationToken);
            return new Desk(hall is null ? null : new Bilingual(hall.Name, hall.NameEn), unread);
        }

        private sealed record HallRow(string Name, string NameEn);
    }
}
