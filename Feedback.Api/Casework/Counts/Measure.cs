namespace Feedback.Casework.Counts;

/// <summary>What is counted. The names are stored.</summary>
internal enum Measure
{
    /// <summary>Ratings, less those that an upheld appeal marked out on that day; the value is the grade.</summary>
    Rating,

    /// <summary>Tags chosen, less those of ratings marked out on that day; the value is the tag's code.</summary>
    RatingTag,

    /// <summary>Good ratings flagged as possibly faked on that day, less those dismissed on it; the value is the grade.</summary>
    SuspectedPraise,

    /// <summary>Complaints filed and first contacts registered.</summary>
    CaseFiled,

    /// <summary>Complaints accepted; the value is InTime or Late.</summary>
    CaseAccepted,

    /// <summary>Complaints answered; the value is InTime or Late.</summary>
    CaseAnswered,

    /// <summary>Steps of the ladder that fired, the loops of bad ratings under their own heading; the value is the step.</summary>
    Escalation,
}
