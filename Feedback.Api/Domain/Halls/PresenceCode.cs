using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain.Halls;

/// <summary>
/// What a window's screen shows for 30 seconds (RFC 6238): six digits that only somebody who sees the screen knows. HMAC-SHA-256,
/// which the RFC allows, like every other signature here; SHA-1 serves authenticator apps (SignInCode), and none has this secret.
/// </summary>
public static class PresenceCode
{
    private const int Seconds = 30;
    private const int Digits = 6;

    /// <summary>Back, for who types it just when it changes; forward, for a server whose clock is ahead of the screen's.</summary>
    private static readonly int[] Accepted = [0, -1, 1];

    /// <summary>The step's number: whole spans of 30 seconds since 1970.</summary>
    public static int StepAt(DateTimeOffset instant) => checked((int)(instant.ToUnixTimeSeconds() / Seconds));

    /// <summary>The instant at which the next step's code takes its place.</summary>
    public static DateTimeOffset EndOf(int step) => DateTimeOffset.FromUnixTimeSeconds((step + 1L) * Seconds);

    public static string Of(int step, ReadOnlySpan<byte> secret) => Of(step, secret, Digits);

    /// <summary>The step whose code was given, when it is this one, the one before or the one after; else null.</summary>
    public static int? Verify(string? given, DateTimeOffset now, ReadOnlySpan<byte> secret)
    {
        var key = secret.ToArray();
        return Verify(given, now, step => Of(step, key));
    }

    /// <summary>The same for codes that are made in another way of the same steps.</summary>
    internal static int? Verify(string? given, DateTimeOffset now, Func<int, string> codeOf)
    {
        if (given?.Length != Digits || !given.All(char.IsAsciiDigit)) return null;
        var (current, typed) = (StepAt(now), Encoding.ASCII.GetBytes(given));
        foreach (var apart in Accepted)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(codeOf(current + apart)), typed)) return current + apart;
        }

        return null;
    }

    internal static string Of(int step, ReadOnlySpan<byte> secret, int digits) =>
        Truncate(HMACSHA256.HashData(secret, Counter(step)), digits);

    /// <summary>The step as the RFC hashes it: 8 bytes, the highest first.</summary>
    internal static byte[] Counter(int step) => [0, 0, 0, 0, (byte)(step >> 24), (byte)(step >> 16), (byte)(step >> 8), (byte)step];

    /// <summary>Dynamic truncation (RFC 4226, 5.3): 31 bits from where the last half byte points, and of these the last digits.</summary>
    internal static string Truncate(ReadOnlySpan<byte> mac, int digits)
    {
        var from = mac[(mac[^1] & 0xF)..];
        var number = ((from[0] & 0x7F) << 24) | (from[1] << 16) | (from[2] << 8) | from[3];
        return number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0')[^digits..];
    }
}
