namespace Feedback.Http;

/// <summary>
/// How much one caller may ask of the public endpoints, from configuration section <c>Limits</c>. Requests are per minute, and as many
/// may come at once; 0 means no limit. A whole hall shares one network, so that its numbers are generous.
/// </summary>
internal sealed record EdgeLimits
{
    /// <summary>Ratings, complaints and what belongs to them, by one device.</summary>
    public int WritesOfDevice { get; init; } = 60;

    /// <summary>The same by one network.</summary>
    public int WritesOfNetwork { get; init; } = 1200;

    /// <summary>Public pages and look-ups by one device.</summary>
    public int ReadsOfDevice { get; init; } = 240;

    /// <summary>The same by one network.</summary>
    public int ReadsOfNetwork { get; init; } = 6000;

    /// <summary>Sign-ins that are tried from one network.</summary>
    public int SignInsOfNetwork { get; init; } = 120;

    /// <summary>Calls with one API token.</summary>
    public int CallsOfToken { get; init; } = 6000;

    /// <summary>Wrong codes of one device within <see cref="Guesses.Window"/> before it is slowed down.</summary>
    public int GuessesOfDevice { get; init; } = 10;

    /// <summary>The same of one network, where devices that have no name count too.</summary>
    public int GuessesOfNetwork { get; init; } = 100;
}
