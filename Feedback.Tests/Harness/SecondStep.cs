using System.Text.RegularExpressions;
using Feedback.Domain.Halls;
using Feedback.Domain.Staff;

namespace Feedback.Tests.Harness;

internal static partial class SecondStep
{
    /// <summary>What an authenticator app takes from a page that proposes a second factor.</summary>
    public static (byte[] Secret, string Proposal) Scan(string page) => (Decode(Secret().Match(page).Groups[1].Value), Proposal().Match(page).Groups[1].Value);

    /// <summary>What an authenticator with this secret shows now.</summary>
    public static string CodeNow(this TestApp app, byte[] secret) => SignInCode.Of(PresenceCode.StepAt(app.Clock.Now), secret);

    /// <summary>The secret that a page shows to be typed into an authenticator.</summary>
    public static byte[] Decode(string base32)
    {
        var (bits, held, bytes) = (0, 0, new List<byte>());
        foreach (var letter in base32.Where(char.IsAsciiLetterOrDigit))
        {
            (bits, held) = ((bits << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), held + 5);
            if (held < 8) continue;
            bytes.Add((byte)(bits >> (held -= 8)));
            bits &= (1 << held) - 1;
        }

        return [.. bytes];
    }

    [GeneratedRegex("<p><code>([A-Z2-7 ]+)</code></p>")]
    private static partial Regex Secret();

    [GeneratedRegex("name=\"proposal\" value=\"([^\"]+)\"")]
    private static partial Regex Proposal();
}
