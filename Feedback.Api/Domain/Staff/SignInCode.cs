using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Halls;

namespace Feedback.Domain.Staff;

/// <summary>
/// The second factor of a sign-in (RFC 6238): six digits of an authenticator app, good for 30 seconds and one step to either side.
/// HMAC-SHA-1, because that is what every app computes; here nothing rests on collisions.
/// </summary>
public static class SignInCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int SecretLength = 20;

    /// <summary>160 bits, as long as the hash (RFC 4226, section 4).</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    public static string Of(int step, byte[] secret) =>
#pragma warning disable CA5350 // RFC 6238 as authenticator apps speak it; HMAC does not need collision resistance.
        PresenceCode.Truncate(HMACSHA1.HashData(secret, PresenceCode.Counter(step)), 6);
#pragma warning restore CA5350

    /// <summary>The step whose code was given, when it is this one, the one before or the one after; else null.</summary>
    public static int? Verify(string? given, DateTimeOffset now, byte[] secret) => PresenceCode.Verify(given, now, step => Of(step, secret));

    /// <summary>The secret as apps take it from a keyboard: base 32 of RFC 4648, without padding.</summary>
    public static string Text(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var part in secret)
        {
            (bits, held) = ((bits << 8) | part, held + 8);
            for (; held >= 5; held -= 5) text.Append(Base32[(bits >> (held - 5)) & 31]);
            bits &= (1 << held) - 1;
        }

        return held == 0 ? text.ToString() : text.Append(Base32[(bits << (5 - held)) & 31]).ToString();
    }

    /// <summary>What an authenticator app reads from the QR code.</summary>
    public static Uri Address(string login, ReadOnlySpan<byte> secret) => new($"otpauth://totp/Feedback:{Uri.EscapeDataString(login)}?secret={Text(secret)}&issuer=Feedback");

    /// <summary>Who signs in with it always; anybody else may.</summary>
    public static bool IsRequired(Role role) => role is Role.Inspector or Role.Admin;
}
