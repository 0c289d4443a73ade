using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Features.Halls;

/// <summary>A new QR code for a window; the one that hung there stops working (a lost poster, a copy put elsewhere).</summary>
internal sealed record ReissueWindowToken(Actor Actor, string Window) : ICommand<ReissueWindowToken.Issued>
{
    public sealed record Issued(string Window, string Token);

    internal sealed class Handler(Db db, Vault vault, WindowDirectory windows, TimeProvider time) : IRequestHandler<ReissueWindowToken, Outcome<Issued>>
    {
        private const string RevokeSql = "update window_token set revoked_at = @now where window_code = @code and revoked_at is null";
        private const string IssueSql = "insert into window_token (id, window_code, issued_at, revoked_at) values (@id, @code, @now, null)";

        public async Task<Outcome<Issued>> Handle(ReissueWindowToken request, CancellationToken cancellationToken)
        {
            var found = await windows.OfCode(request.Window, cancellationToken);
            if (found.Refusal is { } refusal) return refusal;
            if (request.Actor.HallCode is { } hall && hall != found.Value.HallCode) return CaseRefusals.WindowUnknown;
            var (id, code, now) = (WindowToken.NewId(), found.Value.Code, time.GetUtcNow());
            await db.Execute(RevokeSql, new { code, now }, cancellationToken);
            await db.Execute(IssueSql, new { id, code, now }, cancellationToken);
            return new Issued(code, WindowToken.Sign(id, vault.KeyFor(Purpose.WindowToken)));
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/windows/{code}/token", async (string code, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ReissueWindowToken(user.Actor(), code), ct)).ToHttp()).RequireAuthorization(Access.Windows);
    }
}
