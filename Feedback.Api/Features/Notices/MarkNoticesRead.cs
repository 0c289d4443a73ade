using System.Security.Claims;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Notices;

/// <summary>The caller has seen the notices.</summary>
internal sealed record MarkNoticesRead(Actor Actor) : ICommand<Done>
{
    internal sealed class Handler(Db db, TimeProvider time) : IRequestHandler<MarkNoticesRead, Outcome<Done>>
    {
        private const string ReadSql = "update notice set read_at = @now where login = @login and read_at is null";

        public async Task<Outcome<Done>> Handle(MarkNoticesRead request, CancellationToken cancellationToken)
        {
            await db.Execute(ReadSql, new { login = request.Actor.Login, now = time.GetUtcNow() }, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/notices/read", async (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new MarkNoticesRead(user.Actor()), ct)).ToHttp(_ => TypedResults.NoContent())).RequireAuthorization(Access.Staff);
    }
}
