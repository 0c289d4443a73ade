using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain.Halls;

/// <summary>
/// What a page holds once the code of the screen was right, since people take longer to write than a code lasts: the code's step,
/// signed together with the window's code and the form. It serves that one form only.
/// </summary>
public static class PresenceProof
{
    private const int LastsSteps = 60;
    private const int SignatureLength = 26;

    /// <param name="step">Of the code that was given.</param>
    /// <param name="tokenId">The name of the window's code.</param>
    /// <param name="form">The form's idempotency key.</param>
    /// <param name="key">For this purpose alone.</param>
    public static string Sign(int step, string tokenId, string form, ReadOnlySpan<byte> key)
    {
        var number = step.ToString(CultureInfo.InvariantCulture);
        return $"{number}.{PublicCode.Of(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{number}\n{tokenId}\n{form}")), SignatureLength)}";
    }

    /// <summary>The step of the code that was given, for 30 minutes; null for another form or window, and afterwards.</summary>
    public static int? Verify(string? proof, DateTimeOffset now, string tokenId, string form, ReadOnlySpan<byte> key)
    {
        if (proof?.Split('.') is not [var number, _] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var step)) return null;
        if (PresenceCode.StepAt(now) - step > LastsSteps) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(proof), Encoding.UTF8.GetBytes(Sign(step, tokenId, form, key))) ? step : null;
    }
}
