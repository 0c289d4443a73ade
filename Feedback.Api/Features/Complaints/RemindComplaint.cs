using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>A reminder (催办): it attaches to the case and whoever is responsible is told; it starts no new case and no new clock.</summary>
internal sealed record RemindComplaint(string CaseNumber, string? QueryCode) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Handler(CitizenAccess access, CaseContext context, CaseNotices notices) : IRequestHandler<RemindComplaint, Outcome<Done>>
    {
        public async Task<Outcome<Done>> Handle(RemindComplaint request, CancellationToken cancellationToken)
        {
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, CaseCommand.Remind, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value.Case;
            await context.Record(found, CaseEventKind.Reminded, null, new EventDetail(), cancellationToken);
            await notices.TellResponsible(found, CaseEventKind.Reminded, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/reminder", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RemindComplaint(caseNumber, queryCode) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses();
    }
}
