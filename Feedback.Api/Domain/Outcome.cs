using System.Text.Json;

namespace Feedback.Domain;

/// <summary>What kind of "no" it is; the HTTP edge turns it into a status.</summary>
public enum RefusalKind
{
    /// <summary>The caller's input breaks a rule of the form (400).</summary>
    Invalid,

    /// <summary>It does not exist, or this caller may not know that it does (404).</summary>
    NotFound,

    /// <summary>It existed and was withdrawn for good (410).</summary>
    Gone,

    /// <summary>The caller is known and may not do this (403).</summary>
    Forbidden,

    /// <summary>The state of things forbids it now (409).</summary>
    Conflict,

    /// <summary>The caller takes none of the media types that are offered (406).</summary>
    NotAcceptable,

    /// <summary>Too often (429).</summary>
    TooOften,

    /// <summary>Nobody is signed in, and somebody has to be (401).</summary>
    Unauthenticated,

    /// <summary>The address is there and takes another method (405).</summary>
    MethodNotAllowed,

    /// <summary>The caller did not send all of it in time (408).</summary>
    Timeout,

    /// <summary>More was sent than is taken (413).</summary>
    TooLarge,

    /// <summary>What was sent is of a type that is not read here (415).</summary>
    UnsupportedMedia,

    /// <summary>Something of ours went wrong (500).</summary>
    Failure,

    /// <summary>It cannot be done at the moment, whoever asks (503).</summary>
    Unavailable,
}

/// <summary>A business refusal: a named value, never an exception.</summary>
/// <param name="Kind">What kind of refusal it is.</param>
/// <param name="Code">Stable snake_case code that programs may rely on.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Errors">Per field, in the JSON spelling; empty unless the input is at fault.</param>
public sealed record Refusal(RefusalKind Kind, string Code, Bilingual Message, IReadOnlyList<FieldError> Errors)
{
    public Refusal(RefusalKind kind, string code, string zh, string en)
        : this(kind, code, new Bilingual(zh, en), [])
    {
    }

    /// <summary>
    /// Whether what the handler wrote on the way is stored all the same: a wrong password or code is counted, or guessing would cost
    /// nothing. Other refusals roll back.
    /// </summary>
    public bool Commits { get; init; }

    /// <summary>One field breaks a rule that only the handler could check.</summary>
    public static Refusal OfField(string field, string code, string zh, string en) =>
        new(RefusalKind.Invalid, code, new Bilingual(zh, en), [new FieldError(field, code, new Bilingual(zh, en))]);
}

/// <summary>One field that breaks a rule: its JSON name, a stable code, a sentence for a person.</summary>
public sealed record FieldError(string Field, string Code, Bilingual Message);

/// <summary>An outcome that the pipeline can make without knowing its value's type.</summary>
public interface IOutcome<TSelf>
    where TSelf : IOutcome<TSelf>
{
    Refusal? Refusal { get; }

    static abstract TSelf Refused(Refusal refusal);

    /// <summary>An accepted outcome from what <see cref="ToJson"/> wrote.</summary>
    static abstract TSelf OfJson(string json);

    /// <summary>The accepted value.</summary>
    string ToJson();
}

/// <summary>Either the value a use case promises or the refusal that says why not.</summary>
public sealed class Outcome<T> : IOutcome<Outcome<T>>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal) => (_value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }

    /// <summary>The value; asking a refused outcome for it is a defect.</summary>
    public T Value => Refusal is null ? _value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static Outcome<T> Refused(Refusal refusal) => new(default, refusal);

    public static Outcome<T> OfJson(string json) => JsonSerializer.Deserialize<T>(json)!;

    public string ToJson() => JsonSerializer.Serialize(Value);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => Refused(refusal);

    public TResult Match<TResult>(Func<T, TResult> accepted, Func<Refusal, TResult> refused) =>
        Refusal is null ? accepted(_value!) : refused(Refusal);
}

/// <summary>The value of a use case that has nothing to tell but that it was done.</summary>
public readonly record struct Done;
