using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Complaints;
using Feedback.Pipeline;

namespace Feedback.Web.Citizen.Progress;

/// <summary>What opens a complaint and, on its page, what the citizen wants done; as typed, so that a refused form can be shown again.</summary>
/// <param name="Key">A command's idempotency key: however often it is sent, it is done once.</param>
/// <param name="Number">The case number.</param>
/// <param name="Code">The query code.</param>
/// <param name="Command">Null when the complaint is only looked at.</param>
/// <param name="Material">What to add.</param>
/// <param name="Appeal">Why the citizen disagrees.</param>
/// <param name="Grade">How content the citizen is with the handling.</param>
public sealed record TrackForm(
    string Key, string? Number = null, string? Code = null, CaseCommand? Command = null, string? Material = null, string? Appeal = null, string? Grade = null)
{
    private static readonly CommandForms<TrackForm> Forms = new CommandForms<TrackForm>()
        .With(CaseCommand.AddMaterial, f => new AddMaterial(f.Number ?? "", f.Code, f.Material) { IdempotencyKey = f.Key })
        .With(CaseCommand.Remind, f => new RemindComplaint(f.Number ?? "", f.Code) { IdempotencyKey = f.Key })
        .With(CaseCommand.Withdraw, f => new WithdrawComplaint(f.Number ?? "", f.Code) { IdempotencyKey = f.Key })
        .With(CaseCommand.ApproveAnswer, f => new GiveVerdict(f.Number ?? "", f.Code, true, Typed.Number(f.Grade)) { IdempotencyKey = f.Key })
        .With(CaseCommand.RejectAnswer, f => new GiveVerdict(f.Number ?? "", f.Code, false, Typed.Number(f.Grade)) { IdempotencyKey = f.Key })
        .With(CaseCommand.Appeal, f => new AppealComplaint(f.Number ?? "", f.Code, f.Appeal) { IdempotencyKey = f.Key });

    /// <summary>The fields that open the complaint.</summary>
    public static readonly string[] Opening = ["number", "code"];

    public static TrackForm Read(IFormCollection form) => new(
        form.Text("key") ?? Typed.NewKey(),
        form.Code("number"),
        form.Code("code"),
        Typed.Choice<CaseCommand>(form.Text("command")),
        form.Text("material"),
        form.Text("appeal"),
        form.Text("grade"));

    public TrackComplaint Query() => new(Number ?? "", Code);

    /// <summary>For the page after a command was done: opened by the same, with nothing typed.</summary>
    public TrackForm Anew() => new(Typed.NewKey(), Number, Code);

    /// <returns>Why it was not done; null when it was, or when nothing was asked for.</returns>
    internal async Task<Refusal?> Send(IReadOnlyList<Stream> pictures, Dispatcher dispatcher, CancellationToken ct) => Command switch
    {
        null => null,
        CaseCommand.AddPictures => (await dispatcher.AddPictures(Number ?? "", Code, pictures, Key, ct)).Refusal,
        _ => await Forms.Send(Command, this, dispatcher, ct),
    };

    /// <summary>What is wrong, by the page's fields: two of them are the "text" of their commands.</summary>
    public FormErrors Errors(Refusal? refusal) => new([.. FormErrors.Of(refusal).All.Select(e => e with { Field = e.Field == "text" ? TextField : e.Field })]);

    private string TextField => Command == CaseCommand.Appeal ? "appeal" : "material";
}
