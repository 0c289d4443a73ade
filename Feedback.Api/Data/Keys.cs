using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Feedback.Data;

/// <summary>Keys are made here, not by the database: version 7 GUIDs, which sort by the time they were made.</summary>
internal static class Keys
{
    private const int MostAtOnce = 4096;
    private const int Version = 7 << 12;

    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());

    /// <summary>Not above any key of this millisecond and above all earlier ones: what is older has a smaller key.</summary>
    public static Guid Least(DateTimeOffset moment)
    {
        Span<byte> key = stackalloc byte[2 * sizeof(long)];
        key.Clear();
        BinaryPrimitives.WriteInt64BigEndian(key, Head(moment));
        return new Guid(key, bigEndian: true);
    }

    /// <summary>
    /// Several of one moment, ascending, so that they lie side by side in every index: twelve of the random bits are a counter
    /// (RFC 9562, 6.2, method 1), the other 62 are each key's own. At most 4,096.
    /// </summary>
    public static IReadOnlyList<Guid> New(TimeProvider time, int count)
    {
        const byte variant = 0b10 << 6;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostAtOnce);
        var (moment, random) = (Head(time.GetUtcNow()), RandomNumberGenerator.GetBytes(count * sizeof(long)));
        var keys = new Guid[count];
        Span<byte> key = stackalloc byte[2 * sizeof(long)];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, moment | (long)i);
            random.AsSpan(i * sizeof(long), sizeof(long)).CopyTo(key[sizeof(long)..]);
            key[sizeof(long)] = (byte)(variant | (key[sizeof(long)] & 0b11_1111));
            keys[i] = new Guid(key, bigEndian: true);
        }

        return keys;
    }

    private static long Head(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() << 16) | Version;
}
