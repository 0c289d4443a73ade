using System.Security.Cryptography;
using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Security;
using MediatR;

namespace Feedback.Pipeline;

/// <summary>Keeps the first answer beside what it promised, in the same transaction, sealed because answers can hold a query code.</summary>
internal sealed class IdempotencyBehavior<TRequest, TResponse>(Db db, Vault vault, TimeProvider time) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IOutcome<TResponse>
{
    private const string FindSql = "select request_hash, answer from idempotency where key_hash = @key";

    private const string StoreSql =
        "insert into idempotency (key_hash, request_hash, answer, created_at) values (@key, @request, @answer, @now)";

    private static readonly Refusal Reused = new(
        RefusalKind.Conflict, "idempotency_key_reused", "这个 Idempotency-Key 已用于另一个请求。", "This Idempotency-Key was used for another request.");

    private static readonly Refusal BadKey = new(
        RefusalKind.Invalid, "idempotency_key_invalid", "Idempotency-Key 须为 1 到 128 个可见字符。", "Idempotency-Key is 1 to 128 visible ASCII characters.");

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IIdempotent { IdempotencyKey: { } given }) return await next();
        if (given.Length is 0 or > 128 || !given.All(c => c is > ' ' and < (char)127)) return TResponse.Refused(BadKey);

        var key = vault.Hash(Purpose.Idempotency, typeof(TRequest).Name + "\n" + given);
        var content = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request));
        if (await db.SingleOrDefault<Stored>(FindSql, new { key }, cancellationToken) is { } first)
        {
            return content.AsSpan().SequenceEqual(first.RequestHash)
                ? TResponse.OfJson(vault.Open(Purpose.Idempotency, first.Answer))
                : TResponse.Refused(Reused);
        }

        var response = await next();
        if (response.Refusal is null)
        {
            var answer = vault.Seal(Purpose.Idempotency, response.ToJson());
            await db.Execute(StoreSql, new { key, request = content, answer, now = time.GetUtcNow() }, cancellationToken);
        }

        return response;
    }

    private sealed record Stored(byte[] RequestHash, byte[] Answer);
}
