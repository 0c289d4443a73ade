namespace Feedback.Casework.Pictures;

/// <summary>A picture's file.</summary>
/// <param name="Name">For whoever keeps it.</param>
/// <param name="Jpeg">Made by us, whatever was sent.</param>
internal sealed record PictureFile(string Name, byte[] Jpeg);
