namespace Feedback.Domain.Halls;

/// <summary>
/// What opens the screen of a window: the name of the window's code, and sixteen characters (80 bits) that sign it. The name hangs at
/// the window for everybody; whoever could guess the rest would see the presence codes from home.
/// </summary>
public static class ScreenKey
{
    private const int SignatureLength = 16;

    /// <param name="id">The name of the window's code.</param>
    /// <param name="key">For this purpose alone.</param>
    public static string Sign(string id, ReadOnlySpan<byte> key) => SignedName.Sign(id, key, SignatureLength);

    /// <summary>The name of the window's code, or null when the signature is not ours.</summary>
    public static string? Verify(string? typed, ReadOnlySpan<byte> key) => SignedName.Verify(typed, key, SignatureLength);
}
