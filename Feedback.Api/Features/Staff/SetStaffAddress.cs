using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Notifications;
using Feedback.Pipeline;
using FluentValidation;
using MediatR;

namespace Feedback.Features.Staff;

/// <summary>Where a member of staff gets notices by e-mail; null for nowhere.</summary>
internal sealed record SetStaffAddress(string Login, string? Email) : ICommand<Done>
{
    internal sealed class Validator : AbstractValidator<SetStaffAddress>
    {
        public Validator()
        {
            RuleFor(s => s.Email).Must(e => e is null || MailSettings.IsAddress(e)).Refuse("email_malformed", "请填写有效的邮箱地址。", "Please give a valid e-mail address.");
        }
    }

    internal sealed class Handler(Db db) : IRequestHandler<SetStaffAddress, Outcome<Done>>
    {
        private const string KnownSql = "select count(*) from staff where login = @login";
        private const string DeleteSql = "delete from staff_address where login = @login";
        private const string InsertSql = "insert into staff_address (login, email) values (@login, @email)";

        public async Task<Outcome<Done>> Handle(SetStaffAddress request, CancellationToken cancellationToken)
        {
            if (await db.Single<int>(KnownSql, new { login = request.Login }, cancellationToken) == 0) return AccountRefusals.StaffUnknown;
            await db.Execute(DeleteSql, new { login = request.Login }, cancellationToken);
            if (request.Email is { } email) await db.Execute(InsertSql, new { login = request.Login, email }, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Email);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPut("/api/v1/staff/{login}/address", async (string login, Body body, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new SetStaffAddress(login, body.Email), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Outbox);
    }
}
