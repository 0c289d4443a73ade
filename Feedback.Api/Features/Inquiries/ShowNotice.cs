using System.Security.Claims;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Domain.Inquiries;
using Feedback.Domain.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Inquiries;

/// <summary>A one-time notice as archived, for staff who may know of its case.</summary>
public sealed record ShowNotice(Actor Actor, string Number) : IQuery<ShowNotice.Sheet>
{
    /// <param name="Content">What stands on it.</param>
    /// <param name="Text">The archived text, to the letter.</param>
    /// <param name="Hash">As printed: SHA-256 over the text in UTF-8, in hexadecimal.</param>
    /// <param name="HashFits">Whether the text still gives that hash.</param>
    /// <param name="AcknowledgedAt">When the citizen acknowledged it; null flags that it is missing.</param>
    /// <param name="AcknowledgedBy">The member of staff who took the signature; null when the citizen did it with the query code.</param>
    public sealed record Sheet(NoticeBody Content, string Text, string Hash, bool HashFits, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy);

    internal sealed class Handler(Db db, CaseStore store, LocalTime local) : IRequestHandler<ShowNotice, Outcome<Sheet>>
    {
        private const string FindSql =
            """
            select n.case_number, n.body, n.hash, a.acknowledged_at, s.name as acknowledged_by
            from one_time_notice n
            left join acknowledgement a on a.document = n.number
            left join staff s on s.login = a.acknowledged_by
            where n.number = @number
            """;

        public async Task<Outcome<Sheet>> Handle(ShowNotice request, CancellationToken cancellationToken)
        {
            if (await db.SingleOrDefault<Row>(FindSql, new { number = request.Number }, cancellationToken) is not { } row) return InquiriesRefusals.NoticeUnknown;
            if ((await store.Find(row.CaseNumber, request.Actor, cancellationToken)).Refusal is not null) return InquiriesRefusals.NoticeUnknown;
            return new Sheet(
                InquiryRecords.Parse<NoticeBody>(row.Body), row.Body, Convert.ToHexStringLower(row.Hash), OneTimeNotice.Hash(row.Body).AsSpan().SequenceEqual(row.Hash),
                row.AcknowledgedAt is { } at ? local.At(at) : null, row.AcknowledgedBy);
        }

        private sealed record Row(string CaseNumber, string Body, byte[] Hash, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy);
    }

    internal sealed class Endpoint : IEndpoint
    {
        public static void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/api/v1/one-time-notices/{number}", async (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
                (await dispatcher.Send(new ShowNotice(user.Actor(), number), ct)).ToHttp()).RequireAuthorization(Access.Cases);
    }
}
