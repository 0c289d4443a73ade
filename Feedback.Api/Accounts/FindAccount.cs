using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Accounts;

/// <summary>
/// An open account by its login, for who has proved it elsewhere (the organisation's identity provider), in the post that was said
/// there. What was not said is as the account has it.
/// </summary>
/// <param name="Login">Of the account; there is none without.</param>
/// <param name="Role">Instead of the account's.</param>
/// <param name="HallCode">Instead of the account's; a role that is bound to no hall has none.</param>
/// <param name="DepartmentCode">Instead of the account's, a unit of that hall; a role that is bound to no unit has none.</param>
internal sealed record FindAccount(string Login, Role? Role = null, string? HallCode = null, string? DepartmentCode = null) : IQuery<Actor>
{
    internal sealed class Handler(Db db) : IRequestHandler<FindAccount, Outcome<Actor>>
    {
        private const string FindSql = "select login, name, role, hall_code, department_code, window_code from staff where login = @login and active = 1";

        private const string HallSql = "select count(*) from hall where code = @hall";

        private const string DepartmentSql = "select count(*) from department where code = @department and hall_code = @hall";

        public async Task<Outcome<Actor>> Handle(FindAccount request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<Actor>(FindSql, new { login = request.Login }, cancellationToken) is not { } account) return AccountRefusals.StaffUnknown;
            if (request is { Role: null, HallCode: null, DepartmentCode: null }) return account;

            // To a role that is bound to a hall or unit, none would mean every one of them.
            var role = request.Role ?? account.Role;
            var hall = role <= Domain.Staff.Role.BureauLeader ? request.HallCode ?? account.HallCode : null;
            var department = role <= Domain.Staff.Role.UnitHead ? request.DepartmentCode ?? account.DepartmentCode : null;
            var there = role switch
            {
                <= Domain.Staff.Role.UnitHead => await db.Single<int>(DepartmentSql, new { department, hall }, cancellationToken) > 0,
                <= Domain.Staff.Role.BureauLeader => await db.Single<int>(HallSql, new { hall }, cancellationToken) > 0,
                _ => true,
            };
            return there ? account with { Role = role, HallCode = hall, DepartmentCode = department } : AccountRefusals.PostUnknown;
        }
    }
}
