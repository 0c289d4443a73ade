using System.Data.Common;
using Dapper;
using Feedback.Domain.Policies;

namespace Feedback.Data;

/// <summary>
/// Brings a database up to this version: forward only, each script once, journalled with its checksum, under a lock because
/// several programs may start together. Reference data (calendar years, policies, tags) is loaded the same way.
/// </summary>
internal sealed class Migrator(Dialect dialect, TimeProvider time)
{
    private const string AppliedSql = "select script, checksum from schema_journal";
    private const string RecordSql = "insert into schema_journal (script, checksum, applied_at) values (@script, @checksum, @now)";
    private const string LoadedSql = "select count(*) from reference_document where kind = @kind and version = @version";

    private const string LoadSql =
        "insert into reference_document (kind, version, body, loaded_at) values (@kind, @version, @body, @now)";

    private const string PoliciesSql = "select version, body from reference_document where kind = 'policy' order by version";

    /// <summary>Returns the names of what was applied now.</summary>
    /// <exception cref="InvalidOperationException">A script that was applied once has been changed since, or a policy's ladder is not as long as its steps.</exception>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken ct)
    {
        var applied = new List<string>();
        await dialect.WithMigrationLock(
            async connection =>
            {
                await connection.ExecuteAsync(dialect.CreateJournalSql);
                var journal = (await connection.QueryAsync<(string Script, string Checksum)>(AppliedSql)).ToDictionary(j => j.Script, j => j.Checksum);
                foreach (var script in EmbeddedScript.In(dialect.Name))
                {
                    if (journal.TryGetValue(script.Name, out var checksum))
                    {
                        if (checksum != script.Checksum) throw new InvalidOperationException($"{script.Path} was changed after it had been applied. Migrations go forward only: add a new script instead.");
                        continue;
                    }

                    await Apply(connection, script, ct);
                    applied.Add(script.Name);
                }

                applied.AddRange(await LoadReference(connection));
                await CheckLadders(connection);
            },
            ct);
        return applied;
    }

    /// <summary>True when every script of this version has been applied; for the readiness check.</summary>
    public async Task<bool> IsCurrent(CancellationToken ct)
    {
        await using var connection = dialect.Connect();
        await connection.OpenAsync(ct);
        var journal = await connection.QueryAsync<(string Script, string Checksum)>(AppliedSql);
        return EmbeddedScript.In(dialect.Name).Select(s => s.Name).Except(journal.Select(j => j.Script)).Any() is false;
    }

    private async Task Apply(DbConnection connection, EmbeddedScript script, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var batch in dialect.Batches(script.Text)) await connection.ExecuteAsync(batch, transaction: transaction);
        await connection.ExecuteAsync(RecordSql, new { script = script.Name, checksum = script.Checksum, now = time.GetUtcNow() }, transaction);
        await transaction.CommitAsync(ct);
    }

    /// <summary>A clock under a policy whose waits are fewer than its steps would stop climbing half-way, so no program starts with one.</summary>
    private static async Task CheckLadders(DbConnection connection)
    {
        foreach (var (version, body) in await connection.QueryAsync<(int Version, string Body)>(PoliciesSql))
        {
            if (ReferenceData.Parse<Policy>(body).Ladder.Mismatch is { } wrong) throw new InvalidOperationException($"Policy version {version}, ladder.{wrong.Field}: {wrong.Sentence.En}");
        }
    }

    private async Task<IReadOnlyList<string>> LoadReference(DbConnection connection)
    {
        var loaded = new List<string>();
        foreach (var document in EmbeddedScript.In("reference"))
        {
            var (kind, version) = document.Path.Split('/') switch
            {
                [_, var k, var file] => (k, int.Parse(Path.GetFileNameWithoutExtension(file), System.Globalization.CultureInfo.InvariantCulture)),
                _ => throw new InvalidOperationException($"{document.Path} is not reference/<kind>/<version>.json."),
            };
            if (await connection.ExecuteScalarAsync<int>(LoadedSql, new { kind, version }) > 0) continue;
            await connection.ExecuteAsync(LoadSql, new { kind, version, body = document.Text, now = time.GetUtcNow() });
            loaded.Add(document.Path);
        }

        return loaded;
    }
}
