using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Text;
using SkiaSharp;

namespace Feedback.Tests.Harness;

/// <summary>Pictures as phones make them, and as people with other things in mind do.</summary>
internal static class Pictures
{
    /// <summary>Stands in the metadata of <see cref="PhonePhoto"/>, where a phone writes the place.</summary>
    public const string Place = "GPS 31.230416N 121.473701E";

    /// <summary>Left half red, right half blue.</summary>
    public static byte[] Jpeg(int width = 60, int height = 40) => Encode(width, height, SKEncodedImageFormat.Jpeg);

    /// <summary>Left half red, right half seen through.</summary>
    public static byte[] Png(int width = 6, int height = 4) => Encode(width, height, SKEncodedImageFormat.Png);

    public static byte[] Webp(int width = 60, int height = 40) => Encode(width, height, SKEncodedImageFormat.Webp);

    /// <summary>No two pixels alike, so that the file is large and its inside is like nothing else.</summary>
    public static byte[] Noise(int width, int height, int seed = 1)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        new Random(seed).NextBytes(bitmap.GetPixelSpan());
        return Encode(bitmap, SKEncodedImageFormat.Jpeg);
    }

    /// <summary>A JPEG that lies on its side in the file, with the turn (EXIF, tag 274) and the place in its metadata.</summary>
    public static byte[] PhonePhoto(ushort orientation = 6)
    {
        var exif = new List<byte>("Exif\0\0"u8.ToArray());
        exif.AddRange("II*\0"u8);
        exif.AddRange(Little32(8));
        exif.AddRange([2, 0]);
        exif.AddRange([0x12, 0x01, 3, 0, .. Little32(1), (byte)orientation, 0, 0, 0]);
        exif.AddRange([0x25, 0x88, 4, 0, .. Little32(1), .. Little32(38)]);
        exif.AddRange(Little32(0));
        exif.AddRange([1, 0, 1, 0, 2, 0, .. Little32(2), (byte)'N', 0, 0, 0, .. Little32(0)]);
        exif.AddRange(Encoding.ASCII.GetBytes(Place));
        var length = exif.Count + 2;
        var plain = Jpeg();
        return [.. plain[..2], 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. plain[2..]];
    }

    /// <summary>A small PNG whose header promises so many pixels.</summary>
    public static byte[] Bomb(int width, int height)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", [0x78, 0x9C, 0x63, 0, 0, 0, 1, 0, 1]), .. Chunk("IEND", [])];
    }

    /// <summary>What a browser sends for a form with these files; their names and types are a stranger's to choose.</summary>
    public static MultipartFormDataContent Form(params byte[][] files) => FormWith([], files);

    public static MultipartFormDataContent FormWith(IEnumerable<KeyValuePair<string, string>> fields, params byte[][] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(part, "pictures", "IMG_0001.jpg");
        }

        return form;
    }

    /// <summary>Adds pictures to a case with the query code that the client bears.</summary>
    public static Task<Answer> SendPictures(this HttpClient citizen, string number, params byte[][] files) => citizen.SendPictures(number, null, files);

    public static async Task<Answer> SendPictures(this HttpClient citizen, string number, string? key, params byte[][] files)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/complaints/{number}/pictures") { Content = Form(files) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await Calls.Read(await citizen.SendAsync(request));
    }

    private static byte[] Encode(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Premul);
        bitmap.Erase(format == SKEncodedImageFormat.Png ? SKColors.Transparent : SKColors.Blue);
        bitmap.Erase(SKColors.Red, new SKRectI(0, 0, width / 2, height));
        return Encode(bitmap, format);
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var encoded = bitmap.Encode(format, 95);
        return encoded.ToArray();
    }

    private static byte[] Little32(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    private static byte[] Chunk(string kind, byte[] content)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. content];
        var crc = uint.MaxValue;
        foreach (var b in named)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (0 - (crc & 1)));
        }

        return [.. Big32((uint)content.Length), .. named, .. Big32(~crc)];
    }

    private static byte[] Big32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
