using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>The citizen takes the complaint back. It ends this case; it never stops an inquiry that inspection began of its own motion.</summary>
internal sealed record WithdrawComplaint(string CaseNumber, string? QueryCode) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Handler(CitizenAccess access, CaseContext context) : IRequestHandler<WithdrawComplaint, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(WithdrawComplaint request, CancellationToken cancellationToken)
        {
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, CaseCommand.Withdraw, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            await context.Cases.Move(begun.Value.Case, begun.Value.Next, cancellationToken);
            await context.Clocks.StopAll(begun.Value.Case.CaseNumber, context.Now, cancellationToken);
            await context.Record(begun.Value.Case, CaseEventKind.Withdrawn, null, new EventDetail(), cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/withdrawal", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new WithdrawComplaint(caseNumber, queryCode) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses();
    }
}
