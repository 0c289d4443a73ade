using System.Text.Json.Serialization;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;
using Feedback.Features.Escalation;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>A reminder (催办): it attaches to the case and whoever is responsible is told; it starts no new case and no new clock.</summary>
public sealed record RemindComplaint(string CaseNumber, string? QueryCode) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Handler(ComplaintDoor door, CaseWork work, StaffDirectory staff) : IRequestHandler<RemindComplaint, Outcome<Done>>
    {
        private static readonly Refusal Today = new(RefusalKind.TooOften, "reminded_today", "今天已经催办过了,我们已通知责任人。", "You have sent a reminder today; whoever is responsible was told.");

        private const string LastSql = "select max(at) as at from case_event where case_number = @number and kind = 'Reminded' having max(at) is not null";

        public async Task<Outcome<Done>> Handle(RemindComplaint request, CancellationToken cancellationToken)
        {
            var begun = await door.Begin(request.CaseNumber, request.QueryCode, CaseCommand.Remind, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var found = begun.Value.Case;
            var calendar = await work.CalendarOf(found, cancellationToken);
            var last = await work.Db.SingleOrDefault<DateTimeOffset?>(LastSql, new { number = found.CaseNumber }, cancellationToken);
            if (last is { } before && calendar.LocalDay(before) == calendar.LocalDay(work.Now)) return Today;
            await work.Record(found, CaseEventKind.Reminded, null, new EventDetail(), cancellationToken);
            await staff.TellResponsible(found, CaseEventKind.Reminded, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/reminder", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new RemindComplaint(caseNumber, queryCode) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous();
    }
}
