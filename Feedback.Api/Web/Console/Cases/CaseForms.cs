using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;
using MediatR;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Cases;

/// <summary>A field of a command's form, in the reader's language.</summary>
/// <param name="Name">As sent.</param>
/// <param name="Label">What it asks.</param>
/// <param name="Rows">More than one makes it a text area.</param>
/// <param name="Optional">Not asked for by every answer of the form.</param>
/// <param name="Options">Makes it a choice: the values with their words.</param>
/// <param name="Value">What stands there before anything was sent.</param>
/// <param name="IsMark">A box that is ticked, and sent as true.</param>
internal sealed record CaseField(
    string Name, string Label, int Rows = 3, bool Optional = false, IEnumerable<(string Value, string Words)>? Options = null, string? Value = null, bool IsMark = false);

/// <summary>A command's form as the page of one case shows it, in the reader's language.</summary>
/// <param name="Yes">The button.</param>
/// <param name="Consequence">What follows, said before the button and asked again behind it.</param>
/// <param name="Title">What it is, where fields and button do not say it by themselves.</param>
/// <param name="Folded">Under its title, for what is needed less often.</param>
/// <param name="No">The other answer, where there is one.</param>
/// <param name="Choice">The field that says which of the two was given.</param>
/// <param name="Fields">In their order.</param>
internal sealed record CaseFormWords(
    string Yes, string Consequence, string? Title = null, bool Folded = false, string? No = null, string? Choice = null, IReadOnlyList<CaseField>? Fields = null);

/// <summary>
/// The table of the forms on the page of a case: for each command how its form looks and which message it sends, in the order in which
/// the page shows them. The step that the state waits for comes first; what is needed less often is folded away.
/// </summary>
internal sealed class CaseForms
{
    public static readonly IReadOnlyList<CaseForms> All =
    [
        Of(CaseCommand.Accept, f => new AcceptCase(f.Actor, f.Number, Typed.Choice<CaseType>(f["type"])), c => new(
            L("受理", "Accept"),
            Acceptance(c),
            Fields: c.Inquiry is null ? [new("type", L("类别", "Type"), Options: AcceptCase.Types.Select(t => (t.ToString(), t.Name().ToString())), Value: c.Type.ToString())] : [])),

        Of(CaseCommand.DecideHandOver, f => new AnswerHandOver(f.Actor, f.Number, f.Choice("accepted"), f["reason"]), c => c.Dossier.OpenOffer is { } offer ? new(
            L("接收", "Take the case"),
            L($"接收后由您负责,时限照常计算、不重新起算。不接收须写明理由,件退回{offer.FromName}并报大厅值班长。", $"If you take it you are responsible; the clocks run on as they are. A refusal needs a reason: the case goes back to {offer.FromNameEn} and the hall supervisor is told."),
            L("移交给您,接收吗?", "Offered to you: do you take it?"),
            No: L("不接收", "Refuse"),
            Choice: "accepted",
            Fields: [new("reason", L("不接收的理由", "Reason, if you refuse"), Rows: 2, Optional: true)]) : null),

        Of(CaseCommand.Arbitrate, f => new ArbitrateCase(f.Actor, f.Number, f["unit"], f["reason"]), c => new(
            L("裁定", "Decide"),
            L("裁定后立即由该单位负责,该单位不能再移交。", "The unit is responsible at once and cannot hand the case over again."),
            L("裁定由谁负责", "Decide who is responsible"),
            Fields: [new("unit", L("由哪个单位负责", "The unit responsible"), Options: Units(c)), new("reason", L("裁定理由", "Reason"), Rows: 2)])),

        Of(CaseCommand.DecideExtension, f => new DecideExtension(f.Actor, f.Number, f.Choice("granted")), c => new(
            L("同意延期", "Grant the extension"),
            L($"同意:答复期限由 {Dates.Sentence(c.DueAt).Zh}延至 {At(c, CaseCommand.DecideExtension).Zh},市民会看到理由。不同意:期限不变,不能再申请。", $"Granted, the answer moves from {Dates.Sentence(c.DueAt).En} to {At(c, CaseCommand.DecideExtension).En} and the citizen reads the reason. Refused, it stays, and cannot be asked for again."),
            L("同意延期吗?", "Do you grant the extension?"),
            No: L("不同意", "Refuse"),
            Choice: "granted")),

        Of(CaseCommand.DecideAppeal, f => new DecideAppeal(f.Actor, f.Number, f.Choice("upheld"), f["note"]), c => new(
            L("支持,重新办理", "Uphold, work on it again"),
            L($"支持:该件重新办理,答复期限为 {At(c, CaseCommand.DecideAppeal).Zh}。不支持:该件办结,不能再申请复核。两种情况市民都会看到您的说明。", $"Upheld, the case goes back to work and the answer is due by {At(c, CaseCommand.DecideAppeal).En}. Refused, the case is closed and cannot be appealed again. The citizen reads your note either way."),
            L("作出复核决定", "Decide the appeal"),
            No: L("不支持,维持原决定", "Refuse, the decision stands"),
            Choice: "upheld",
            Fields: [new("note", L("复核说明(市民会看到)", "Note (the citizen reads it)"))])),

        Of(CaseCommand.Resume, f => new ResumeCase(f.Actor, f.Number), c => new(
            L("恢复计时", "Let the clock run on"),
            L($"现在恢复,答复期限为 {At(c, CaseCommand.Resume).Zh},市民会看到这个时间。", $"Resumed now, the answer is due by {At(c, CaseCommand.Resume).En}. The citizen will see this date."))),

        Of(CaseCommand.Answer, f => new AnswerCase(f.Actor, f.Number, f["text"], f["toGroup"] is not null), c => new(
            L("提交答复", "Send the answer"),
            L("提交后,市民凭受理编号和查询码可以看到全文,答复不能再修改。", "Once sent, the citizen reads it in full with the case number and query code. It cannot be changed afterwards."),
            Fields: c.Members.Count == 0 ? [Text()] : [Text(), new("toGroup", L($"同时答复并入的 {c.Members.Count} 件(已受理、未暂停的)", $"Give the same answer to the {c.Members.Count} cases put with this one (accepted and not paused)"), IsMark: true)])),

        Of(CaseCommand.Close, f => new CloseCase(f.Actor, f.Number), _ => new(
            L("办结", "Close"),
            L("市民对答复没有表示意见时可以办结。办结后市民不能再表示“没有解决”,仍可在期限内申请复核。", "For an answer that the citizen has left without a word. Afterwards the citizen can no longer say “not solved”, but can still appeal in time."))),

        Of(CaseCommand.Pause, f => new PauseCase(f.Actor, f.Number, Typed.Choice<PauseReason>(f["reason"]), f["evidence"]), c => new(
            L("暂停计时", "Pause the clock"),
            L($"提交后停止计时,最迟 {At(c, CaseCommand.Pause).Zh}自动恢复,市民会看到原因。剩下的时间一分不少、一分不多。", $"The clock stands still and runs on by itself by {At(c, CaseCommand.Pause).En} at the latest, with exactly the time that was left. The citizen reads the reason."),
            L("暂停计时", "Pause the clock"),
            Folded: true,
            Fields: [new("reason", L("原因", "Why"), Options: Enum.GetValues<PauseReason>().Select(r => (r.ToString(), r.Name().ToString()))), new("evidence", L("依据材料", "Evidence"), Rows: 1)])),

        Of(CaseCommand.RequestExtension, f => new RequestExtension(f.Actor, f.Number, f["reason"]), c => new(
            L("申请延期", "Ask for an extension"),
            L($"延期至 {At(c, CaseCommand.RequestExtension).Zh},申请一次后不可再延。须由他人在到期前批准,批准后市民会看到理由。", $"To {At(c, CaseCommand.RequestExtension).En}; this can be asked for once. Somebody else has to grant it before the case is due, and the citizen then reads the reason."),
            L("申请延期", "Ask for an extension"),
            Folded: true,
            Fields: [new("reason", L("理由(市民会看到)", "Reason (the citizen reads it)"), Rows: 2)])),

        Of(CaseCommand.OfferHandOver, f => new OfferHandOver(f.Actor, f.Number, f["unit"], f["reason"]), c => new(
            L("提出移交", "Offer the case"),
            HandOver(c),
            L("移交", "Hand over"),
            Folded: true,
            Fields: [new("unit", L("移交给", "To"), Options: Units(c).Where(u => u.Value != c.Unit)), new("reason", L("理由", "Reason"), Rows: 2)])),

        Of(CaseCommand.Decline, f => new DeclineCase(f.Actor, f.Number, f["reason"], f["rightBody"], f["repeatOf"]), _ => new(
            L("不予受理", "Do not accept"),
            L("提交后该件到此为止,不再计时。市民会看到理由和应当受理的单位,可以申请复核。", "The case ends here and its clocks stop. The citizen reads the reason and the right body, and can appeal."),
            L("不予受理", "Do not accept"),
            Folded: true,
            Fields:
            [
                new("reason", L("理由(市民会看到)", "Reason (the citizen reads it)"), Rows: 2),
                new("rightBody", L("应当受理的单位", "The right body to turn to"), Rows: 1, Optional: true),
                new("repeatOf", L("或:同一人就同一事项的在办件编号(重复投诉)", "Or: the open case of the same person about the same matter"), Rows: 1, Optional: true),
            ])),

        Of(CaseCommand.Group, f => new GroupCase(f.Actor, f.Number, f["lead"]), c => c.Lead is null && c.Members.Count == 0 ? new(
            L("并案", "Put together"),
            L("各件仍各自计时、各有责任人;主件答复时可以一并答复,每位市民都会收到。", "Each case keeps its clock and its responsible person. The leading case's answer can be given to all, and every citizen gets it."),
            L("并案", "Put with other cases"),
            Folded: true,
            Fields: [new("lead", L("主件编号", "Number of the leading case"), Rows: 1)]) : null),
    ];

    private readonly Func<CaseForm, Dispatcher, CancellationToken, Task<Refusal?>> _send;

    private CaseForms(CaseCommand command, Func<CaseForm, Dispatcher, CancellationToken, Task<Refusal?>> send, Func<ShowCase.View, CaseFormWords?> words) =>
        (Command, _send, Words) = (command, send, words);

    public CaseCommand Command { get; }

    /// <summary>The form for this case; null when there is nothing to fill in.</summary>
    public Func<ShowCase.View, CaseFormWords?> Words { get; }

    /// <summary>The forms for what may be done to this case now.</summary>
    public static IEnumerable<(CaseCommand Command, CaseFormWords Words)> For(ShowCase.View view)
    {
        foreach (var form in All.Where(f => view.Commands.Contains(f.Command)))
        {
            if (form.Words(view) is { } words) yield return (form.Command, words);
        }
    }

    /// <returns>Why it was not done; null when it was.</returns>
    public static Task<Refusal?> Send(CaseForm sent, Dispatcher dispatcher, CancellationToken ct) =>
        All.FirstOrDefault(f => f.Command == sent.Command) is { } form ? form._send(sent, dispatcher, ct) : Task.FromResult<Refusal?>(WebRefusals.CommandUnknown);

    private static CaseForms Of<T>(CaseCommand command, Func<CaseForm, IRequest<Outcome<T>>> message, Func<ShowCase.View, CaseFormWords?> words) =>
        new(command, async (form, dispatcher, ct) => (await dispatcher.Send(message(form), ct)).Refusal, words);

    private static CaseField Text() => new("text", L("答复内容", "The answer"), Rows: 6);

    private static IEnumerable<(string Value, string Words)> Units(ShowCase.View view) => view.Units.Select(u => (u.Code, L(u.Name, u.NameEn)));

    private static string HandOver(ShowCase.View view) => view.Outlook.ContainsKey(CaseCommand.Arbitrate)
        ? L($"该件已经移交过多次。提交后由大厅在 {At(view, CaseCommand.Arbitrate).Zh}前裁定由谁负责;裁定前仍由您负责。", $"The case has been handed over as often as it may be. The hall decides who is responsible by {At(view, CaseCommand.Arbitrate).En}; until then you are.")
        : L($"对方接收前仍由您负责,时限照常计算。对方须在 {At(view, CaseCommand.OfferHandOver).Zh}前答复,不答复视为退回。", $"Until the other unit accepts you stay responsible and the clocks run on. It has to answer by {At(view, CaseCommand.OfferHandOver).En}; silence sends the case back.");

    /// <summary>An application keeps the promise of its item; a complaint can turn out to be of another type.</summary>
    private static string Acceptance(ShowCase.View view) => view.Inquiry is null
        ? L($"按{view.Type.Name().Zh}受理,答复期限为 {At(view, CaseCommand.Accept).Zh},市民会看到这个时间;改选其他类别,期限随类别而定。", $"Accepted as “{view.Type.Name().En}”, the answer is due by {At(view, CaseCommand.Accept).En}; another type has its own limit. The citizen will see this date.")
        : L($"受理即材料齐全,办结期限为 {At(view, CaseCommand.Accept).Zh},市民会看到这个时间。", $"Accepting means that all is complete. It is due by {At(view, CaseCommand.Accept).En}; the citizen will see this date.");

    /// <summary>The instant that a command would set.</summary>
    private static Bilingual At(ShowCase.View view, CaseCommand command) => Dates.Sentence(view.Outlook[command]);
}
