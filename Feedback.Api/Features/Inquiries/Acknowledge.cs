using System.Security.Claims;
using System.Text.Json.Serialization;
using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Feedback.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Feedback.Features.Inquiries;

/// <summary>
/// The citizen acknowledges a notice or the receipt of a first contact (签收): with the query code, or with a signature that a member
/// of staff takes. Once; what is not acknowledged is flagged and holds all the same.
/// </summary>
/// <param name="Actor">Who took the signature; null for the citizen.</param>
/// <param name="Document">The notice's number, or the case number for the receipt.</param>
/// <param name="QueryCode">The citizen's.</param>
/// <param name="Signature">A PNG picture in base64; staff only.</param>
internal sealed record Acknowledge(Actor? Actor, string Document, string? QueryCode, string? Signature) : ICommand<Done>, IIdempotent
{
    [JsonIgnore]
    public string? IdempotencyKey { get; init; }

    internal sealed class Validator : AbstractValidator<Acknowledge>
    {
        public Validator()
        {
            When(a => a.Actor is not null, () =>
            {
                RuleFor(a => a.Signature).NotEmpty().Refuse("signature_missing", "请上传签名图片。", "Please add the picture of the signature.");
                RuleFor(a => a.Signature).Must(s => s is null || s.Length <= SignaturePicture.Longest).Refuse("signature_too_large", "签名图片过大,最多 40 KB。", "The picture is larger than 40 KB.");
                RuleFor(a => a.Signature).Must(s => string.IsNullOrEmpty(s) || s.Length > SignaturePicture.Longest || IsPng(s)).Refuse("signature_not_png", "签名须为 PNG 图片。", "The signature has to be a PNG picture.");
            });
        }

        private static bool IsPng(string base64)
        {
            var file = new byte[base64.Length];
            return Convert.TryFromBase64String(base64, file, out var length) && SignaturePicture.IsPng(file.AsSpan(0, length));
        }
    }

    internal sealed class Handler(CitizenAccess access, CaseContext context, Vault vault) : IRequestHandler<Acknowledge, Outcome<Done>>
    {
        private const string CaseSql =
            """
            select case_number from one_time_notice where number = @document
            union all
            select case_number from first_contact where case_number = @document
            """;

        private const string TakenSql = "select count(*) from acknowledgement where document = @document";

        private const string InsertSql =
            "insert into acknowledgement (document, case_number, signature, acknowledged_by, acknowledged_at) values (@document, @number, @signature, @by, @now)";

        public async Task<Outcome<Done>> Handle(Acknowledge request, CancellationToken cancellationToken)
        {
            var (document, by, ct) = (request.Document, request.Actor?.Login, cancellationToken);
            var number = await context.Db.SingleOrDefault<string>(CaseSql, new { document }, ct);
            var opened = request.Actor is { } actor ? await context.Cases.Find(number ?? "", actor, ct) : await access.Open(number, request.QueryCode, ct);
            if (opened.Refusal is { } unknown) return request.Actor is null ? unknown : InquiriesRefusals.NoticeUnknown;
            if (request.Actor is { MayHandle: false }) return DomainRefusals.NotAllowed;
            if (await context.Db.Single<int>(TakenSql, new { document }, ct) > 0) return InquiriesRefusals.AlreadyAcknowledged;

            var signature = request.Actor is null ? null : vault.Seal(Purpose.Signature, request.Signature!);
            await context.Db.Execute(InsertSql, new { document, number = opened.Value.CaseNumber, signature, by, now = context.Now }, ct);
            await context.Record(opened.Value, CaseEventKind.Acknowledged, by, new EventDetail(Document: document), ct);
            return default(Done);
        }
    }

    internal sealed class Endpoint : IEndpoint
    {
        public sealed record Body(string? Signature = null);

        // Open to the citizen behind the query code; whoever is signed in acts as staff.
        public static void Map(IEndpointRouteBuilder routes)
        {
            foreach (var documents in new[] { "one-time-notices", "first-contacts" })
            {
                routes.MapPost($"/api/v1/{documents}/{{number}}/acknowledgement", async (
                    string number, [FromHeader(Name = "X-Query-Code")] string? queryCode, Body? body, ClaimsPrincipal user, HttpRequest http, Dispatcher dispatcher, CancellationToken ct) =>
                {
                    var actor = user.Identity is { IsAuthenticated: true } ? user.Actor() : null;
                    var acknowledge = new Acknowledge(actor, number, queryCode, body?.Signature) { IdempotencyKey = http.IdempotencyKey() };
                    return (await dispatcher.Send(acknowledge, ct)).ToHttp(_ => TypedResults.NoContent());
                }).AllowAnonymous().SlowsGuesses();
            }
        }
    }
}
