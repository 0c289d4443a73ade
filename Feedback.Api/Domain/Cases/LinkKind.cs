namespace Feedback.Domain.Cases;

/// <summary>Why cases belong together. The names are stored.</summary>
public enum LinkKind
{
    /// <summary>并案: the same issue from another person, who gets an answer as well.</summary>
    Group,

    /// <summary>重复投诉: the same person again with nothing new; the earlier case goes on.</summary>
    Repeat,
}
