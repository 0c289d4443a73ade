using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Complaints;

/// <summary>The citizen adds something to the case. When the clock stood still for it, it runs on; what a one-time notice asked for starts the decision anew.</summary>
internal sealed record AddMaterial(string CaseNumber, string? QueryCode, string? Text) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<AddMaterial>
    {
        public Validator()
        {
            RuleFor(m => m.Text).NotEmpty().Refuse("text_missing", "请写下要补充的内容。", "Please write what you want to add.");
            RuleFor(m => m.Text).IsText();
        }
    }

    internal sealed class Handler(CitizenAccess access, CaseContext context, Pauses pauses, Applications applications, CaseNotices notices, Vault vault, TimeProvider time) : IRequestHandler<AddMaterial, Outcome<Done>>
    {
        private const string InsertSql = "insert into case_material (id, case_number, said, added_at) values (@id, @number, @said, @now)";

        public async Task<Outcome<Done>> Handle(AddMaterial request, CancellationToken cancellationToken)
        {
            var begun = await access.Begin(request.CaseNumber, request.QueryCode, CaseCommand.AddMaterial, cancellationToken);
            if (begun.Refusal is { } refusal) return refusal;
            var (found, next) = begun.Value;
            if (TextRules.TooLong("text", request.Text, (await context.PolicyOf(found, cancellationToken)).Texts.Complaint) is { } tooLong) return tooLong;

            await context.Db.Execute(InsertSql, new { id = Keys.New(time), number = found.CaseNumber, said = vault.Seal(Purpose.Complaint, request.Text!), now = context.Now }, cancellationToken);
            await context.Record(found, CaseEventKind.MaterialAdded, null, new EventDetail(), cancellationToken);
            await notices.TellResponsible(found, CaseEventKind.MaterialAdded, cancellationToken);
            if (await pauses.AwaitsCitizen(found, cancellationToken)) await pauses.End(found, null, cancellationToken);
            if (found.State == CaseState.AwaitingMaterials) await applications.Resume(found, next, cancellationToken);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Text);

        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapPost("/api/v1/complaints/{caseNumber}/materials", async (string caseNumber, [FromHeader(Name = "X-Query-Code")] string? queryCode, Body body, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new AddMaterial(caseNumber, queryCode, body.Text) { IdempotencyKey = http.IdempotencyKey() }, ct)).ToHttp(_ => TypedResults.NoContent())).AllowAnonymous().SlowsGuesses();
    }
}
