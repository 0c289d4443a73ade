using System.Security.Cryptography;
using System.Text;

namespace Feedback.Domain;

/// <summary>
/// Links records into a chain: each hash covers the one before and every field. Keyed (HMAC-SHA256), so that whoever can write to
/// the database but has no key can neither change a record nor make a new chain that holds.
/// </summary>
public static class HashChain
{
    /// <summary>32 zero bytes: what comes before the first.</summary>
    public static readonly byte[] Start = new byte[32];

    /// <summary>Fields are length-prefixed, so that no two different records look alike; null differs from empty.</summary>
    public static byte[] Next(byte[] key, byte[] previous, params string?[] fields)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(previous);
        foreach (var field in fields)
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            var length = field is null ? -1 : bytes.Length;
            hash.AppendData([(byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length]);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
