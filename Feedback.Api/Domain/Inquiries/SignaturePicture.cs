namespace Feedback.Domain.Inquiries;

/// <summary>A signature as a PNG picture; recognised by its content, never by its name.</summary>
public static class SignaturePicture
{
    /// <summary>The longest base64 text.</summary>
    public const int Longest = 40 * 1024;

    private const int ChunkFrame = 12;

    private static ReadOnlySpan<byte> Magic => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The magic number, then whole chunks from the header to the end and nothing behind it.</summary>
    public static bool IsPng(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith(Magic)) return false;
        var rest = file[Magic.Length..];
        for (var first = true; rest.Length >= ChunkFrame; first = false)
        {
            var length = ((uint)rest[0] << 24) | ((uint)rest[1] << 16) | ((uint)rest[2] << 8) | rest[3];
            if (length > rest.Length - ChunkFrame) return false;
            var kind = rest.Slice(4, 4);
            if (first && !(kind.SequenceEqual("IHDR"u8) && length == 13)) return false;
            rest = rest[(ChunkFrame + (int)length)..];
            if (kind.SequenceEqual("IEND"u8)) return rest.IsEmpty;
        }

        return false;
    }
}
