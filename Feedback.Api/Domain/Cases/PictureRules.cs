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
}
