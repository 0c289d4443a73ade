using Feedback.Domain;
using Feedback.Domain.Cases;
using SkiaSharp;

namespace Feedback.Casework.Pictures;

/// <summary>
/// Decodes a picture, turns it upright, scales it down and encodes its pixels as JPEG. So nothing of the file that was sent is kept: no
/// EXIF with its place and time, no XMP, no colour profile, nothing that was appended.
/// </summary>
internal static class PictureMaker
{
    private const int Quality = 85;

    /// <summary>Progressive JPEGs have about ten scans. A small file can hold thousands, and each goes over all pixels.</summary>
    private const int MostScans = 100;

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> JpegScan => [0xFF, 0xDA];

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="sent">The whole file.</param>
    /// <param name="place">Which of those sent it is; refusals say so.</param>
    public static Outcome<(byte[] Jpeg, int Width, int Height)> Make(byte[] sent, int place)
    {
        // The decoders of other formats never see what was sent.
        if (FormatOf(sent) is not { } format) return DomainRefusals.PictureTypeNotTaken(place);
        if (format == SKEncodedImageFormat.Jpeg && sent.AsSpan().Count(JpegScan) > MostScans) return DomainRefusals.PictureUnreadable(place);

        using var data = SKData.CreateCopy(sent);
        using var codec = SKCodec.Create(data);
        if (codec is null || codec.EncodedFormat != format) return DomainRefusals.PictureUnreadable(place);
        if ((long)codec.Info.Width * codec.Info.Height > PictureRules.MostPixels) return DomainRefusals.PictureTooManyPixels(place);

        using var colours = SKColorSpace.CreateSrgb();
        using var picture = new SKBitmap();
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, colours);
        if (!picture.TryAllocPixels(info) || codec.GetPixels(info, picture.GetPixels()) != SKCodecResult.Success) return DomainRefusals.PictureUnreadable(place);
        picture.SetImmutable();
        return Encode(picture, codec.EncodedOrigin);
    }

    private static SKEncodedImageFormat? FormatOf(ReadOnlySpan<byte> sent) => sent switch
    {
        _ when sent.StartsWith(Jpeg) => SKEncodedImageFormat.Jpeg,
        _ when sent.StartsWith(Png) => SKEncodedImageFormat.Png,
        _ when sent.Length > 12 && sent.StartsWith("RIFF"u8) && sent[8..].StartsWith("WEBP"u8) => SKEncodedImageFormat.Webp,
        _ => null,
    };

    private static (byte[] Jpeg, int Width, int Height) Encode(SKBitmap picture, SKEncodedOrigin origin)
    {
        var (width, height) = origin >= SKEncodedOrigin.LeftTop ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var scale = Math.Min(1f, (float)PictureRules.LongestSide / Math.Max(width, height));
        var (made, madeHeight) = (Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)));

        // Without a colour space of its own the canvas is sRGB, and the encoder writes no profile.
        using var upright = new SKBitmap(new SKImageInfo(made, madeHeight, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(upright);
        using var image = SKImage.FromBitmap(picture);
        canvas.Clear(SKColors.White);
        canvas.Scale((float)made / width, (float)madeHeight / height);
        canvas.Concat(Turn(origin, width, height));
        canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        canvas.Flush();
        using var pixels = upright.PeekPixels();
        using var encoded = pixels.Encode(new SKJpegEncoderOptions(Quality, SKJpegEncoderDownsample.Downsample420, SKJpegEncoderAlphaOption.Ignore)) ?? throw new InvalidOperationException("A picture could not be encoded.");
        return (encoded.ToArray(), made, madeHeight);
    }

    /// <summary>From the pixels as they lie in the file to the upright picture of this width and height (EXIF, tag 274).</summary>
    private static SKMatrix Turn(SKEncodedOrigin origin, int width, int height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
