using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Accounts;

/// <summary>Whom an API token speaks for, if it is good.</summary>
internal sealed record FindTokenOwner(string Token) : IQuery<FindTokenOwner.Found>
{
    /// <param name="Owner">Whom.</param>
    /// <param name="Scopes">What it is limited to; null for all that the owner's role may.</param>
    /// <param name="UnusedToday">Whether this is its first use today.</param>
    public sealed record Found(Actor Owner, IReadOnlyList<string>? Scopes, bool UnusedToday);

    internal sealed class Handler(Db db, Vault vault, LocalTime local) : IRequestHandler<FindTokenOwner, Outcome<Found>>
    {
        private const string OwnerSql =
            """
            select s.login, s.name, s.role, s.hall_code, s.department_code, s.window_code, t.scopes, t.used_on
            from api_token t
            join staff s on s.login = t.login
            where t.hash = @hash and t.revoked_at is null and t.expires_at > @now and s.active = 1
            """;

        public async Task<Outcome<Found>> Handle(FindTokenOwner request, CancellationToken cancellationToken) =>
            await db.SingleOrDefault<Row>(OwnerSql, new { hash = vault.Hash(Purpose.ApiToken, request.Token), now = local.Now }, cancellationToken) is { } row
                ? new Found(new Actor(row.Login, row.Name, row.Role, row.HallCode, row.DepartmentCode, row.WindowCode), TokenScopes.Read(row.Scopes), row.UsedOn != local.Today)
                : AccountRefusals.TokenInvalid;

        private sealed record Row(string Login, string Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode, string? Scopes, DateOnly? UsedOn);
    }
}
