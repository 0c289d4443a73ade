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
    public static bool IsCitizens(this CaseCommand command) =>
        command is CaseCommand.AddMaterial or CaseCommand.AddPictures or CaseCommand.Remind or CaseCommand.Withdraw or CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Appeal;
}

/// <summary>The state machine: every pair of state and command is either a transition or a named refusal.</summary>
public static class CaseFlow
{
    /// <summary>The state a command leads to; a command that leaves the state as it is leads to the same.</summary>
    public static Outcome<CaseState> Next(CaseState state, CaseCommand command) => state switch
    {
        CaseState.Filed => command switch
        {
            CaseCommand.Accept => CaseState.Accepted,
            CaseCommand.Decline => CaseState.Declined,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            CaseCommand.IssueNotice => CaseState.AwaitingMaterials,
            CaseCommand.OfferHandOver or CaseCommand.DecideHandOver or CaseCommand.Arbitrate or CaseCommand.Group or CaseCommand.AddMaterial or CaseCommand.AddPictures or CaseCommand.Remind => state,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => DomainRefusals.CaseNotAnswered,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            CaseCommand.Resume => DomainRefusals.CaseNotPaused,
            _ => DomainRefusals.CaseNotAccepted,
        },
        CaseState.AwaitingMaterials => command switch
        {
            CaseCommand.Accept => CaseState.Accepted,
            CaseCommand.Decline => CaseState.Declined,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => CaseState.Filed,
            CaseCommand.IssueNotice or CaseCommand.OfferHandOver or CaseCommand.DecideHandOver or CaseCommand.Arbitrate or CaseCommand.Group or CaseCommand.Remind => state,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => DomainRefusals.CaseNotAnswered,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            CaseCommand.Resume => DomainRefusals.CaseNotPaused,
            _ => DomainRefusals.CaseNotAccepted,
        },
        CaseState.Accepted => command switch
        {
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => DomainRefusals.CaseAlreadyAccepted,
            CaseCommand.Answer => CaseState.Answered,
            CaseCommand.Pause => CaseState.Paused,
            CaseCommand.Resume => DomainRefusals.CaseNotPaused,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => DomainRefusals.CaseNotAnswered,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            _ => state,
        },
        CaseState.Paused => command switch
        {
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => DomainRefusals.CaseAlreadyAccepted,
            CaseCommand.Resume => CaseState.Accepted,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            // A pause stops the time, not the question who is responsible: an offer that waits is answered all the same.
            CaseCommand.DecideHandOver or CaseCommand.Arbitrate or CaseCommand.Group or CaseCommand.AddMaterial or CaseCommand.AddPictures or CaseCommand.Remind => state,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => DomainRefusals.CaseNotAnswered,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            _ => DomainRefusals.CasePaused,
        },
        CaseState.Answered => command switch
        {
            CaseCommand.Close or CaseCommand.ApproveAnswer => CaseState.Closed,
            CaseCommand.RejectAnswer => CaseState.Accepted,
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => state,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => DomainRefusals.CaseAlreadyAccepted,
            _ => DomainRefusals.CaseAlreadyAnswered,
        },
        CaseState.Appealed => command switch
        {
            CaseCommand.DecideAppeal => CaseState.Closed,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => state,
            _ => DomainRefusals.CaseUnderAppeal,
        },
        CaseState.Closed => command switch
        {
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            _ => DomainRefusals.CaseClosed,
        },
        CaseState.Declined => command switch
        {
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.DecideAppeal => DomainRefusals.CaseNotAppealed,
            _ => DomainRefusals.CaseDeclined,
        },
        CaseState.Withdrawn => DomainRefusals.CaseWithdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whether something is still to be done.</summary>
    public static bool IsOpen(this CaseState state) => state is CaseState.Filed or CaseState.AwaitingMaterials or CaseState.Accepted or CaseState.Paused or CaseState.Appealed;
}
