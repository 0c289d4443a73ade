using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Accounts;

/// <summary>Whose session it is, as their account is now. Asked at every request: what ended or was changed holds at once.</summary>
internal sealed record FindSession(string Id) : IQuery<FindSession.Found>
{
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(5);

    /// <param name="Actor">Whose.</param>
    /// <param name="Unseen">Whether it is long since it was noted as seen.</param>
    public sealed record Found(Actor Actor, bool Unseen);

    internal sealed class Handler(Db db, Sessions sessions, LocalTime local) : IRequestHandler<FindSession, Outcome<Found>>
    {
        private const string FindSql =
            """
            select s.login, s.name, s.role, s.hall_code, s.department_code, s.window_code, n.seen_at
            from staff_session n
            join staff s on s.login = n.login
            where n.hash = @hash and n.ended_at is null and n.expires_at > @now and s.active = 1
            """;

        public async Task<Outcome<Found>> Handle(FindSession request, CancellationToken cancellationToken) =>
            await db.SingleOrDefault<Row>(FindSql, new { hash = sessions.HashOf(request.Id), now = local.Now }, cancellationToken) is { } row
                ? new Found(new Actor(row.Login, row.Name, row.Role, row.HallCode, row.DepartmentCode, row.WindowCode), local.Now - row.SeenAt >= SeenEvery)
                : AccountRefusals.SessionEnded;

        private sealed record Row(string Login, string Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode, DateTimeOffset SeenAt);
    }
}
