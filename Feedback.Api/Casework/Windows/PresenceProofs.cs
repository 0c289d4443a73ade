using Feedback.Domain.Halls;
using Feedback.Security;

namespace Feedback.Casework.Windows;

/// <summary>
/// The codes of the windows' screens and the proofs that pages hold. A window's secret is derived from the code that hangs there now:
/// it lies in no table, and ends when that code is revoked.
/// </summary>
internal sealed class PresenceProofs(Vault vault, TimeProvider time)
{
    /// <param name="step">Of <see cref="PresenceCode"/>.</param>
    /// <param name="tokenId">The name of the window's code.</param>
    public string CodeOf(int step, string tokenId) => PresenceCode.Of(step, SecretOf(tokenId));

    /// <summary>The step that the code or the proof is of; null when it is wrong, too old, or for another window or form.</summary>
    /// <param name="token">The window's token.</param>
    /// <param name="given">Six digits or a proof.</param>
    /// <param name="form">The form's idempotency key; without one there is no proof, only a code.</param>
    public int? Verify(string? token, string? given, string? form)
    {
        if (given is null || IdOf(token) is not { } id) return null;
        var now = time.GetUtcNow();
        return PresenceCode.Verify(given, now, SecretOf(id)) ?? (form is null ? null : PresenceProof.Verify(given, now, id, form, vault.KeyFor(Purpose.PresenceProof)));
    }

    /// <summary>The proof for a form, when what came with it is right.</summary>
    public string? For(string form, string? token, string? given) =>
        Verify(token, given, form) is { } step && IdOf(token) is { } id ? PresenceProof.Sign(step, id, form, vault.KeyFor(Purpose.PresenceProof)) : null;

    private string? IdOf(string? token) => WindowToken.Verify(token, vault.KeyFor(Purpose.WindowToken));

    private byte[] SecretOf(string tokenId) => vault.Hash(Purpose.PresenceCode, tokenId);
}
