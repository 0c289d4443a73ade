using Feedback.Casework.Windows;
using Feedback.Data;
using Feedback.Security;

namespace Feedback.Features.Ratings;

/// <summary>
/// Whether a rating was given at the window (docs/domain.md "Presence"). One code may prove everybody who stands there, but each
/// device once: a phone that rates ticket after ticket needs a new code for each.
/// </summary>
internal sealed class PresenceCheck(Db db, Vault vault, PresenceProofs proofs)
{
    private const string UsedSql =
        """
        select count(*)
        from rating r
        join rating_trace t on t.rating_id = r.id
        where r.presence = @step and r.window_code = @window and t.device_hash = @device
        """;

    private readonly HashSet<(string Device, string Window, int Step)> _proved = [];

    /// <summary>The step of the code that proves it; null when nothing does.</summary>
    public async Task<int?> StepOf(RateService rating, string window, CancellationToken ct)
    {
        var step = proofs.Verify(rating.Window, rating.Presence, rating.IdempotencyKey);
        if (step is null || rating.Source?.Device is not { } name) return step;

        // Those of one group are not stored yet.
        if (!_proved.Add((name, window, step.Value))) return null;
        return await db.Single<int>(UsedSql, new { device = vault.Hash(Purpose.Device, name), window, step }, ct) == 0 ? step : null;
    }
}
