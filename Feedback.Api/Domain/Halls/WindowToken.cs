namespace Feedback.Domain.Halls;

/// <summary>
/// What a window's QR code carries: eight random characters that name the code, eight that sign them. A forged one is refused
/// without asking the database; a revoked one is found there.
/// </summary>
public static class WindowToken
{
    private const int SignatureLength = 8;

    public static string NewId() => PublicCode.Random(SignedName.Length);

    public static string Sign(string id, ReadOnlySpan<byte> key) => SignedName.Sign(id, key, SignatureLength);

    /// <summary>The name of the code, or null when the signature is not ours.</summary>
    public static string? Verify(string? token, ReadOnlySpan<byte> key) => SignedName.Verify(token, key, SignatureLength);
}
