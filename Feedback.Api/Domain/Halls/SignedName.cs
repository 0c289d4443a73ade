using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain.Halls;

/// <summary>Eight random characters that name a window's code, and a signature over them: what is forged is refused without asking the database.</summary>
internal static class SignedName
{
    public const int Length = 8;

    public static string Sign(string id, ReadOnlySpan<byte> key, int signatureLength) =>
        id + PublicCode.Of(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(id)), signatureLength);

    /// <summary>The name, or null when the signature is not ours.</summary>
    public static string? Verify(string? typed, ReadOnlySpan<byte> key, int signatureLength)
    {
        var code = PublicCode.Normalise(typed);
        if (code.Length != Length + signatureLength || !code.All(char.IsAscii)) return null;
        var id = code[..Length];
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(code), Encoding.ASCII.GetBytes(Sign(id, key, signatureLength))) ? id : null;
    }
}
