using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Security;

namespace Feedback.Pipeline;

/// <summary>An Idempotency-Key as it is kept, with what was asked under it.</summary>
/// <param name="Key">A keyed hash of the key and the command's name.</param>
/// <param name="Content">A hash of the command.</param>
internal sealed record IdempotencyEntry(byte[] Key, byte[] Content)
{
    /// <summary>The key as text, to be looked up by.</summary>
    public string Name { get; } = Convert.ToHexString(Key);

    /// <summary>Whether the same was asked before under this key.</summary>
    public bool AsksFor(byte[] content) => Content.AsSpan().SequenceEqual(content);

    /// <summary>Null for a command that bears no key.</summary>
    public static Outcome<IdempotencyEntry?> Of<TRequest>(TRequest request, Vault vault)
    {
        if (request is not IIdempotent { IdempotencyKey: { } given }) return (IdempotencyEntry?)null;
        if (given.Length is 0 or > 128 || !given.All(c => c is > ' ' and < (char)127)) return PipelineRefusals.IdempotencyKeyInvalid;
        return new IdempotencyEntry(Stored(typeof(TRequest).Name, given, vault), SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request)));
    }

    /// <summary>
    /// Of a UUID of version 7 (RFC 9562) the time stays in front, so that keys of one moment lie side by side and not each in a page
    /// of its own (docs/performance.md); 26 bytes of the hash tell them apart.
    /// </summary>
    private static byte[] Stored(string command, string given, Vault vault)
    {
        const int timeLength = 6;
        var hash = vault.Hash(Purpose.Idempotency, command + "\n" + given);
        if (Guid.TryParse(given, out var id) && id.Version == 7) id.ToByteArray(bigEndian: true).AsSpan(0, timeLength).CopyTo(hash);
        return hash;
    }
}

/// <summary>Keeps the first answer beside what it promised, in the same transaction, sealed because answers can hold a query code.</summary>
internal sealed class IdempotentAnswers(Db db, Vault vault, TimeProvider time)
{
    private const string KnownSql = "select 1 from idempotency where key_hash = @Key";

    private const string FindSql = "select key_hash, request_hash, answer from idempotency where key_hash = @Key";

    private const string StoreSql =
        "insert into idempotency (key_hash, request_hash, answer, created_at) values (@Key, @Content, @Answer, @Now)";

    /// <summary>
    /// Handles what was not asked before, once for each key, and keeps its answers; what was asked before, earlier or in the same group,
    /// gets the first answer, or is refused when it is something else.
    /// </summary>
    /// <param name="asked">The keys of some commands of one kind; null for one without.</param>
    /// <param name="handle">
    /// Given the places of those to handle and the batch for what they write, the answers in the same order. The batch is run here, with
    /// the answers that are kept.
    /// </param>
    /// <returns>An answer for each command, in their order.</returns>
    public async Task<IReadOnlyList<TResponse>> Once<TResponse>(
        IReadOnlyList<IdempotencyEntry?> asked, Func<IReadOnlyList<int>, WriteBatch, Task<IReadOnlyList<TResponse>>> handle, CancellationToken ct)
        where TResponse : IOutcome<TResponse>
    {
        var before = await Find<TResponse>([.. asked.OfType<IdempotencyEntry>()], ct);
        var (first, fresh) = (new Dictionary<string, int>(), new List<int>());
        foreach (var (place, entry) in asked.Index())
        {
            if (entry is not null && before.ContainsKey(entry)) continue;
            if (entry is null || first.TryAdd(entry.Name, place)) fresh.Add(place);
        }

        var writes = new WriteBatch();
        var handled = fresh.Count == 0 ? [] : await handle(fresh, writes);
        var answers = fresh.Zip(handled).ToDictionary(a => a.First, a => a.Second);
        Keep([.. answers.Where(a => asked[a.Key] is not null && a.Value.Refusal is null).Select(a => (asked[a.Key]!, a.Value))], writes);
        await db.Execute(writes, ct);
        return [.. asked.Select((entry, place) => answers.TryGetValue(place, out var own) ? own : Again(entry!))];

        TResponse Again(IdempotencyEntry entry)
        {
            if (before.TryGetValue(entry, out var earlier)) return earlier;
            var twin = first[entry.Name];
            return entry.AsksFor(asked[twin]!.Content) ? answers[twin] : TResponse.Refused(PipelineRefusals.IdempotencyKeyReused);
        }
    }

    /// <summary>What was answered before, to those of the commands that were asked before, by their keys.</summary>
    public async Task<IReadOnlyDictionary<IdempotencyEntry, TResponse>> Find<TResponse>(IReadOnlyCollection<IdempotencyEntry> asked, CancellationToken ct)
        where TResponse : IOutcome<TResponse>
    {
        var known = await db.Found(KnownSql, asked, ct);
        if (known.Count == 0) return new Dictionary<IdempotencyEntry, TResponse>();
        var stored = (await db.QueryEach<Stored>(FindSql, known.DistinctBy(a => a.Name).Select(a => new { a.Key }), ct)).ToDictionary(s => Convert.ToHexString(s.KeyHash));
        return known
            .Select(a => (Asked: a, First: stored[a.Name]))
            .ToDictionary(a => a.Asked, a => a.Asked.AsksFor(a.First.RequestHash) ? TResponse.OfJson(vault.Open(Purpose.Idempotency, a.First.Answer)) : TResponse.Refused(PipelineRefusals.IdempotencyKeyReused));
    }

    /// <summary>Adds the answers to what is written, each under its key.</summary>
    public void Keep<TResponse>(IReadOnlyCollection<(IdempotencyEntry Asked, TResponse Response)> answered, WriteBatch writes)
        where TResponse : IOutcome<TResponse>
    {
        var (now, answers) = (time.GetUtcNow(), vault.SealEach(Purpose.Idempotency, [.. answered.Select(a => Encoding.UTF8.GetBytes(a.Response.ToJson()))]));
        writes.Add(StoreSql, answered.Zip(answers, (a, answer) => new Row(a.Asked.Key, a.Asked.Content, answer, now)));
    }

    private sealed record Row(byte[] Key, byte[] Content, byte[] Answer, DateTimeOffset Now);

    private sealed record Stored(byte[] KeyHash, byte[] RequestHash, byte[] Answer);
}
