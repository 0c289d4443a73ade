using System.Security.Cryptography;

namespace Feedback.Domain;

/// <summary>
/// Codes that people read and type: upper-case letters and digits without I, L, O, U, which are taken for others
/// (Crockford's base 32). Input may be in either case, with spaces or hyphens, and with the look-alikes.
/// </summary>
public static class PublicCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>5 random bits a character, from the system's generator.</summary>
    public static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    /// <summary>The leading bits of <paramref name="bytes"/>, 5 a character.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, int length)
    {
        var code = new char[length];
        for (var i = 0; i < length; i++)
        {
            var value = 0;
            for (var bit = i * 5; bit < (i * 5) + 5; bit++) value = (value << 1) | ((bytes[bit / 8] >> (7 - (bit % 8))) & 1);
            code[i] = Alphabet[value];
        }

        return new string(code);
    }

    /// <summary>In groups of four: <c>7K2M-9XQA-3F8T</c>.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    /// <summary>What was typed, in the canonical spelling.</summary>
    public static string Normalise(string? typed) => new((typed ?? "")
        .Where(c => c is not ('-' or ' '))
        .Select(c => char.ToUpperInvariant(c) switch { 'I' or 'L' => '1', 'O' => '0', var other => other })
        .ToArray());
}
