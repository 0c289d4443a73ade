namespace Feedback.Domain.Cases;

/// <summary>How many pictures a case takes, how large, and how each of them is refused by its place in what was sent.</summary>
public static class PictureRules
{
    /// <summary>Pictures of one case, however many times they are sent.</summary>
    public const int Most = 5;

    /// <summary>Bytes of one picture as it is sent: 5 MB.</summary>
    public const int LargestFile = 5 * 1024 * 1024;

    /// <summary>What a picture's header may promise; asked before anything is unpacked.</summary>
    public const long MostPixels = 50_000_000;

    /// <summary>The longer side of a picture as it is kept, in pixels.</summary>
    public const int LongestSide = 2560;

    /// <summary>The field's name, in JSON and on the page.</summary>
    public const string Field = "pictures";

    public static readonly Refusal TooMany = Refuse(
        Field, "too_many_pictures", new($"每件投诉最多 {Most} 张图片。", $"A complaint takes {Most} pictures at most."));

    /// <summary>Neither JPEG nor PNG nor WebP by its content, whatever its name says.</summary>
    public static Refusal NotTaken(int place) => Of(
        place, "picture_type_not_taken", new("不是 JPEG、PNG 或 WebP 图片。", "is not a JPEG, PNG or WebP picture."));

    public static Refusal TooLarge(int place) => Of(
        place, "picture_too_large", new($"超过了 {LargestFile / 1024 / 1024} MB。", $"is larger than {LargestFile / 1024 / 1024} MB."));

    public static Refusal TooManyPixels(int place) => Of(
        place, "picture_too_many_pixels", new($"超过了 {MostPixels / 10_000} 万像素。", $"has more than {MostPixels / 1_000_000} million pixels."));

    /// <summary>Cut off or damaged.</summary>
    public static Refusal Unreadable(int place) => Of(
        place, "picture_unreadable", new("不完整或已损坏,打不开。", "is incomplete or damaged and cannot be opened."));

    private static Refusal Of(int place, string code, Bilingual what) =>
        Refuse($"{Field}[{place}]", code, new($"第 {place + 1} 张图片{what.Zh}", $"Picture {place + 1} {what.En}"));

    private static Refusal Refuse(string field, string code, Bilingual message) => Refusal.OfField(field, code, message.Zh, message.En);
}
