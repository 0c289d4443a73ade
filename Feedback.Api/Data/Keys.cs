namespace Feedback.Data;

/// <summary>Keys are made here, not by the database: version 7 GUIDs, which sort by the time they were made.</summary>
internal static class Keys
{
    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
