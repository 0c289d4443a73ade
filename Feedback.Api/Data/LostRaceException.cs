namespace Feedback.Data;

/// <summary>Another transaction changed the row between our reading and our writing it.</summary>
internal sealed class LostRaceException : Exception
{
    public LostRaceException()
        : base("Another transaction was first.")
    {
    }

    public LostRaceException(string message)
        : base(message)
    {
    }

    public LostRaceException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
