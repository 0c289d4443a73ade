namespace Feedback.Tests.Security;

/// <summary>What the resource that is asked for is to the caller, in the order of a cell's statuses.</summary>
internal enum Situation
{
    /// <summary>Of the caller's own unit or hall, in the ordinary lane; for a person, the caller.</summary>
    Own,

    /// <summary>Of another unit; for callers who see the whole hall, of another hall.</summary>
    Other,

    /// <summary>A complaint about the caller or, where nobody can complain of the caller, about the hall's supervisor.</summary>
    About,

    /// <summary>A sealed case of the caller's unit.</summary>
    Sealed,

    /// <summary>What does not exist. It has no column: it is what every 404 is compared with.</summary>
    Unknown,
}
