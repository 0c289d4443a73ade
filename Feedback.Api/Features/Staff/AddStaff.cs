using System.Security.Claims;
using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>The administrator opens an account for somebody, who gets a first password from them and replaces it at the first sign-in.</summary>
/// <param name="Actor">The administrator.</param>
/// <param name="Login">Given once and for all.</param>
/// <param name="Name">The person.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Hall">Code; for the roles of a whole hall. Others do not have it, or have it by their unit.</param>
/// <param name="Unit">Code; for window staff and heads of units.</param>
/// <param name="Window">Code of the window they sit at, of their unit or hall; null for none.</param>
/// <param name="Phone">Printed on receipts and notices; null for none.</param>
public sealed record AddStaff(Actor Actor, string? Login, string? Name, Role? Role, string? Hall = null, string? Unit = null, string? Window = null, string? Phone = null) : ICommand<AddStaff.Added>
{
    /// <param name="Login">As given.</param>
    /// <param name="Password">The first one, shown this once.</param>
    public sealed record Added(string Login, string Password);

    internal sealed class Validator : AbstractValidator<AddStaff>
    {
        public Validator()
        {
            RuleFor(s => s.Login).IsLogin();
            RuleFor(s => s.Name).IsPersonName();
            RuleFor(s => s.Phone).IsPhone();
            RuleFor(s => s.Role).Must(r => r is { } role && Enum.IsDefined(role)).Refuse("role_missing", "请选择岗位。", "Please choose a role.");
        }
    }

    internal sealed class Handler(Db db, AccountStore accounts, ILogger<AddStaff> log) : IRequestHandler<AddStaff, Outcome<Added>>
    {
        private const string HallOfUnitSql = "select hall_code from department where code = @unit";
        private const string HallSql = "select count(*) from hall where code = @hall";
        private const string WindowSql = "select count(*) from service_window where code = @window and hall_code = @hall and (@unit is null or department_code = @unit)";

        public async Task<Outcome<Added>> Handle(AddStaff request, CancellationToken cancellationToken)
        {
            var (login, role) = (request.Login!, request.Role!.Value);
            if (await accounts.IsKnown(login, cancellationToken)) return StaffRefusals.LoginTakenOfField;

            // A role that is bound to no hall or unit has none, whatever was said.
            var unit = role <= Domain.Staff.Role.UnitHead ? request.Unit : null;
            var hall = role switch
            {
                <= Domain.Staff.Role.UnitHead => await db.SingleOrDefault<string>(HallOfUnitSql, new { unit }, cancellationToken),
                <= Domain.Staff.Role.BureauLeader => request.Hall,
                _ => null,
            };
            var window = role <= Domain.Staff.Role.HallSupervisor ? request.Window : null;
            if (role <= Domain.Staff.Role.UnitHead && hall is null) return StaffRefusals.UnitUnknown;
            if (role <= Domain.Staff.Role.BureauLeader && await db.Single<int>(HallSql, new { hall }, cancellationToken) == 0) return StaffRefusals.HallUnknown;
            if (window is not null && await db.Single<int>(WindowSql, new { window, hall, unit }, cancellationToken) == 0) return StaffRefusals.WindowUnknown;

            var password = AccountStore.NewFirstPassword();
            await accounts.Create(new Actor(login, request.Name!, role, hall, unit, window), password, isFirst: true, request.Phone, cancellationToken);
            log.AccountAdded(login, request.Actor.Login);
            return new Added(login, password);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Login, string? Name, Role? Role, string? Hall = null, string? Unit = null, string? Window = null, string? Phone = null);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/staff", async (Body body, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AddStaff(user.Actor(), body.Login, body.Name, body.Role, body.Hall, body.Unit, body.Window, body.Phone), ct))
                    .ToHttp(added => TypedResults.Created((string?)null, added))).RequireAuthorization(Access.Accounts);
    }
}
