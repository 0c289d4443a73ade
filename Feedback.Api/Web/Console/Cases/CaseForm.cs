using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Pipeline;

namespace Feedback.Web.Console.Cases;

/// <summary>A form of the case page as it was sent, so that a refused one can be shown again.</summary>
/// <param name="Actor">Who sent it.</param>
/// <param name="Number">The case.</param>
/// <param name="Command">What is asked for; null or no command at all when the form is none of ours.</param>
/// <param name="Fields">What was typed and chosen, by the fields' names; nothing that was left blank.</param>
/// <param name="Refusal">Why it was not done.</param>
public sealed record CaseForm(Actor Actor, string Number, CaseCommand? Command, IReadOnlyDictionary<string, string> Fields, Refusal? Refusal = null)
{
    /// <summary>The fields people write into; what they wrote is never lost to a refusal.</summary>
    private static readonly string[] Texts = ["text", "reason", "rightBody", "evidence", "note"];

    /// <summary>What was typed into a field; null when it was left blank.</summary>
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>All that was written, for a form that is no longer offered.</summary>
    public string Written => string.Join("\n\n", Texts.Select(t => this[t]).OfType<string>());

    public static CaseForm Read(Actor actor, string number, IFormCollection form) => new(
        actor, number, Typed.Choice<CaseCommand>(form.Text("command")), form.Keys.Where(k => form.Text(k) is not null).ToDictionary(k => k, k => form.Text(k)!));

    /// <returns>Why it was not done; null when it was.</returns>
    internal Task<Refusal?> Send(Dispatcher dispatcher, CancellationToken ct) => CaseForms.Send(this, dispatcher, ct);

    /// <summary>What was wrong with a field.</summary>
    public string? Error(string field) => Refusal?.Errors.FirstOrDefault(e => e.Field == field)?.Message.ToString();

    internal bool? Choice(string field) => bool.TryParse(this[field], out var chosen) ? chosen : null;
}
