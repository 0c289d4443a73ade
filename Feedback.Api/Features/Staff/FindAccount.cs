using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>An open account by its login, for who has proved it elsewhere (the organisation's identity provider).</summary>
public sealed record FindAccount(string Login) : IQuery<Actor>
{
    internal sealed class Handler(Db db) : IRequestHandler<FindAccount, Outcome<Actor>>
    {
        private const string FindSql = "select login, name, role, hall_code, department_code, window_code from staff where login = @login and active = 1";

        public async Task<Outcome<Actor>> Handle(FindAccount request, CancellationToken cancellationToken) =>
            await db.SingleOrDefault<Actor>(FindSql, new { login = request.Login }, cancellationToken) is { } found ? found : SetStaffActive.Unknown;
    }
}
