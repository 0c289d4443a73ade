namespace Feedback.Data;

/// <summary>Keys are made here, not by the database: version 7 GUIDs, which sort by the time they were made.</summary>
internal static class Keys
{
    /// <summary>As a statement's list takes them: a list knows no type handlers.</summary>
    public static IReadOnlyList<byte[]> Bytes(IEnumerable<Guid> keys) => [.. keys.Select(k => k.ToByteArray(bigEndian: true))];

    public static Guid New(TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}
