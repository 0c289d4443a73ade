namespace Feedback.Accounts;

/// <summary>Rows that are known by a hash are named by it outside, in hexadecimal.</summary>
internal static class HexId
{
    private const int Length = 64;

    /// <summary>Null when it is none.</summary>
    public static byte[]? Read(string? id) => id?.Length == Length && id.All(char.IsAsciiHexDigit) ? Convert.FromHexString(id) : null;
}
