namespace Feedback.Domain.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Acknowledged; the decision on acceptance is awaited (待受理).</summary>
    Filed,

    /// <summary>An application lacks something; the citizen was told everything at once and has the next word (待补正).</summary>
    AwaitingMaterials,

    /// <summary>Accepted; the answer is awaited (办理中).</summary>
    Accepted,

    /// <summary>The answer clock stands still for a coded reason (暂停计时).</summary>
    Paused,

    /// <summary>Answered; the citizen's verdict is awaited (已答复).</summary>
    Answered,

    /// <summary>At its end: the citizen is content, or staff closed it after the answer (已办结).</summary>
    Closed,

    /// <summary>Not accepted, with the reason and the right body named (不予受理).</summary>
    Declined,

    /// <summary>Taken back by the citizen (已撤回).</summary>
    Withdrawn,

    /// <summary>The citizen appealed; somebody not involved decides (复核中).</summary>
    Appealed,
}

/// <summary>What can be done to a case, by staff or by the citizen.</summary>
public enum CaseCommand
{
    Accept,
    Decline,
    Answer,
    Pause,
    Resume,
    RequestExtension,
    DecideExtension,
    OfferHandOver,
    DecideHandOver,
    Arbitrate,
    Group,
    Close,
    DecideAppeal,
    AddMaterial,
    Remind,
    Withdraw,
    ApproveAnswer,
    RejectAnswer,
    Appeal,
    IssueNotice,
    AddPictures,
}

public static class CaseCommands
{
    /// <summary>The citizen's own; all others are the staff's.</summary>
    public static bool IsCitizens(this CaseCommand command) => CaseFlow.RuleOf(command).IsCitizens;
}

/// <summary>What one command does: the states in which it can be given, and why not in others.</summary>
/// <param name="Leads">The state it leads to, by the state it is given in; to the same where it leaves the state as it is.</param>
internal sealed record CaseCommandRule(IReadOnlyDictionary<CaseState, CaseState> Leads)
{
    private Refusal? _refusal;
    private CaseState[] _in = [];

    /// <summary>It is the citizen's; all others are the staff's.</summary>
    public bool IsCitizens { get; private init; }

    /// <summary>Why it cannot be given, in states that have a reason of their own for this command.</summary>
    public Refusal? RefusalIn(CaseState state) => _in.Contains(state) ? _refusal : null;

    public CaseCommandRule ByCitizen() => this with { IsCitizens = true };

    public CaseCommandRule Refused(Refusal why, params CaseState[] states) => this with { _refusal = why, _in = states };
}

/// <summary>The state machine: every pair of state and command is either a transition or a named refusal.</summary>
public static class CaseFlow
{
    private static readonly CaseState[] BeforeAnswer = [CaseState.Filed, CaseState.AwaitingMaterials, CaseState.Accepted, CaseState.Paused];
    private static readonly CaseState[] AfterAcceptance = [CaseState.Accepted, CaseState.Paused, CaseState.Answered];

    private static readonly IReadOnlyDictionary<CaseCommand, CaseCommandRule> Rules = Enum.GetValues<CaseCommand>().ToDictionary(c => c, Rule);

    /// <summary>The state a command leads to; a command that leaves the state as it is leads to the same.</summary>
    public static Outcome<CaseState> Next(CaseState state, CaseCommand command)
    {
        var rule = RuleOf(command);
        return rule.Leads.TryGetValue(state, out var next) ? next : rule.RefusalIn(state) ?? Refused(state);
    }

    internal static CaseCommandRule RuleOf(CaseCommand command) => Rules.TryGetValue(command, out var rule) ? rule : throw new ArgumentOutOfRangeException(nameof(command));

    // Without a default: a command or state that is not in a table does not compile (CS8509). CS8524 speaks of numbers that no member has.
#pragma warning disable CS8524
    private static CaseCommandRule Rule(CaseCommand command) => command switch
    {
        CaseCommand.Accept => Leads((CaseState.Filed, CaseState.Accepted), (CaseState.AwaitingMaterials, CaseState.Accepted)).Refused(DomainRefusals.CaseAlreadyAccepted, AfterAcceptance),
        CaseCommand.Decline => Leads((CaseState.Filed, CaseState.Declined), (CaseState.AwaitingMaterials, CaseState.Declined)).Refused(DomainRefusals.CaseAlreadyAccepted, AfterAcceptance),
        CaseCommand.Answer => Leads((CaseState.Accepted, CaseState.Answered)),
        CaseCommand.Pause => Leads((CaseState.Accepted, CaseState.Paused)),
        CaseCommand.Resume => Leads((CaseState.Paused, CaseState.Accepted)).Refused(DomainRefusals.CaseNotPaused, CaseState.Filed, CaseState.AwaitingMaterials, CaseState.Accepted),
        CaseCommand.RequestExtension => Stays(CaseState.Accepted),
        CaseCommand.DecideExtension => Stays(CaseState.Accepted),
        CaseCommand.OfferHandOver => Stays(CaseState.Filed, CaseState.AwaitingMaterials, CaseState.Accepted),
        // A pause stops the time, not the question who is responsible: an offer that waits is answered all the same.
        CaseCommand.DecideHandOver => Stays(BeforeAnswer),
        CaseCommand.Arbitrate => Stays(BeforeAnswer),
        CaseCommand.Group => Stays(BeforeAnswer),
        CaseCommand.Close => Leads((CaseState.Answered, CaseState.Closed)).Refused(DomainRefusals.CaseNotAnswered, BeforeAnswer),
        CaseCommand.DecideAppeal => Leads((CaseState.Appealed, CaseState.Closed)).Refused(DomainRefusals.CaseNotAppealed, [.. BeforeAnswer, CaseState.Answered, CaseState.Closed, CaseState.Declined]),
        CaseCommand.AddMaterial => Material(),
        CaseCommand.Remind => Stays(BeforeAnswer).ByCitizen(),
        CaseCommand.Withdraw => Leads([.. BeforeAnswer.Select(state => (state, CaseState.Withdrawn))]).ByCitizen(),
        CaseCommand.ApproveAnswer => Leads((CaseState.Answered, CaseState.Closed)).Refused(DomainRefusals.CaseNotAnswered, BeforeAnswer).ByCitizen(),
        CaseCommand.RejectAnswer => Leads((CaseState.Answered, CaseState.Accepted)).Refused(DomainRefusals.CaseNotAnswered, BeforeAnswer).ByCitizen(),
        CaseCommand.Appeal => Leads((CaseState.Answered, CaseState.Appealed), (CaseState.Closed, CaseState.Appealed), (CaseState.Declined, CaseState.Appealed)).Refused(DomainRefusals.CaseNotAnswered, BeforeAnswer).ByCitizen(),
        CaseCommand.IssueNotice => Leads((CaseState.Filed, CaseState.AwaitingMaterials), (CaseState.AwaitingMaterials, CaseState.AwaitingMaterials)).Refused(DomainRefusals.CaseAlreadyAccepted, AfterAcceptance),
        CaseCommand.AddPictures => Material(),
    };

    /// <summary>What is said in a state to a command that cannot be given in it.</summary>
    private static Refusal Refused(CaseState state) => state switch
    {
        CaseState.Filed => DomainRefusals.CaseNotAccepted,
        CaseState.AwaitingMaterials => DomainRefusals.CaseNotAccepted,
        CaseState.Accepted => DomainRefusals.CaseAlreadyAccepted,
        CaseState.Paused => DomainRefusals.CasePaused,
        CaseState.Answered => DomainRefusals.CaseAlreadyAnswered,
        CaseState.Closed => DomainRefusals.CaseClosed,
        CaseState.Declined => DomainRefusals.CaseDeclined,
        CaseState.Withdrawn => DomainRefusals.CaseWithdrawn,
        CaseState.Appealed => DomainRefusals.CaseUnderAppeal,
    };
#pragma warning restore CS8524

    /// <summary>What the citizen adds: it is what an application waited for.</summary>
    private static CaseCommandRule Material() => Leads(
        (CaseState.Filed, CaseState.Filed),
        (CaseState.AwaitingMaterials, CaseState.Filed),
        (CaseState.Accepted, CaseState.Accepted),
        (CaseState.Paused, CaseState.Paused),
        (CaseState.Answered, CaseState.Answered),
        (CaseState.Appealed, CaseState.Appealed)).ByCitizen();

    private static CaseCommandRule Leads(params (CaseState From, CaseState To)[] ways) => new(ways.ToDictionary(w => w.From, w => w.To));

    private static CaseCommandRule Stays(params CaseState[] states) => new(states.ToDictionary(s => s));

    /// <summary>Whether something is still to be done.</summary>
    public static bool IsOpen(this CaseState state) => state is CaseState.Filed or CaseState.AwaitingMaterials or CaseState.Accepted or CaseState.Paused or CaseState.Appealed;
}
