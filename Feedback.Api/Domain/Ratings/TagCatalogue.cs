namespace Feedback.Domain.Ratings;

/// <summary>What a tag of a bad rating points at; it opens the matching check.</summary>
public enum Signal
{
    TimeLimit,
    OneTimeNotice,
    FirstInquiry,
    PromiseBroken,
    Attitude,
}

/// <summary>One tag of the national catalogue.</summary>
/// <param name="Code">Three digits; the first is the grade.</param>
/// <param name="Grade">The only grade it may be chosen with.</param>
/// <param name="Text">As the citizen reads it.</param>
/// <param name="Core">One of the three that every place must offer.</param>
/// <param name="Signal">What it points at, if anything.</param>
public sealed record Tag(string Code, Grade Grade, Bilingual Text, bool Core, Signal? Signal);

/// <summary>A version of the national tag catalogue (docs/domain.md "Ratings").</summary>
public sealed record TagCatalogue(int Version, DateOnly EffectiveFrom, IReadOnlyList<Tag> Tags)
{
    public IEnumerable<Tag> Of(Grade grade) => Tags.Where(t => t.Grade == grade);

    public Tag? Find(string code) => Tags.FirstOrDefault(t => t.Code == code);
}
