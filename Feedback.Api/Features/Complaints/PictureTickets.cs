using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Feedback.Domain;
using Feedback.Security;

namespace Feedback.Features.Complaints;

/// <summary>
/// A picture's address on the citizen's page. The query code may stand in no address, so the page names each picture by a sealed ticket,
/// which opens this picture alone and for an hour.
/// </summary>
internal sealed class PictureTickets(Vault vault, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);

    /// <summary>Fit for a path.</summary>
    public string For(string caseNumber, int picture) =>
        Base64Url.EncodeToString(vault.Seal(Purpose.PictureTicket, string.Create(CultureInfo.InvariantCulture, $"{caseNumber} {picture} {(time.GetUtcNow() + Life).ToUnixTimeSeconds()}")));

    public Outcome<(string CaseNumber, int Picture)> Read(string ticket)
    {
        try
        {
            return vault.Open(Purpose.PictureTicket, Base64Url.DecodeFromChars(ticket)).Split(' ') is [var number, var picture, var until]
                && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(long.Parse(until, CultureInfo.InvariantCulture))
                    ? (number, int.Parse(picture, CultureInfo.InvariantCulture))
                    : ComplaintsRefusals.PictureUnknown;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return ComplaintsRefusals.PictureUnknown;
        }
    }
}
