namespace Feedback.Casework.Pictures;

/// <summary>A picture that a case has; its content is asked for by its number.</summary>
/// <param name="Number">1 to 5, in the order in which they came.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="AddedAt">When the citizen sent it.</param>
public sealed record PictureInfo(int Number, int Width, int Height, DateTimeOffset AddedAt);
