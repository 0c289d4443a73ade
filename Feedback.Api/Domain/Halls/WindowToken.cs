using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain.Halls;

/// <summary>
/// What a window's QR code carries: eight random characters that name the code, eight that sign them. A forged one is refused
/// without asking the database; a revoked one is found there.
/// </summary>
public static class WindowToken
{
    private const int IdLength = 8;
    private const int SignatureLength = 8;

    public static string NewId() => PublicCode.Random(IdLength);

    public static string Sign(string id, ReadOnlySpan<byte> key) =>
        id + PublicCode.Of(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(id)), SignatureLength);

    /// <summary>The name of the code, or null when the signature is not ours.</summary>
    public static string? Verify(string? token, ReadOnlySpan<byte> key)
    {
        var code = PublicCode.Normalise(token);
        if (code.Length != IdLength + SignatureLength || !code.All(char.IsAscii)) return null;
        var id = code[..IdLength];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code), Encoding.ASCII.GetBytes(Sign(id, key))) ? id : null;
    }
}
