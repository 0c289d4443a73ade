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
    private static readonly Refusal NotAccepted = Conflict("case_not_accepted", "该件尚未受理,请先受理。", "This case has not been accepted yet. Accept it first.");
    private static readonly Refusal AlreadyAccepted = Conflict("case_already_accepted", "该件已经受理。", "This case has already been accepted.");
    private static readonly Refusal AlreadyAnswered = Conflict("case_already_answered", "该件已经答复。", "This case has already been answered.");
    private static readonly Refusal NotAnswered = Conflict("case_not_answered", "该件尚未答复。", "This case has not been answered yet.");
    private static readonly Refusal NotPaused = Conflict("case_not_paused", "该件没有暂停计时。", "The clock of this case is not paused.");
    private static readonly Refusal IsPaused = Conflict("case_paused", "该件已暂停计时,请先恢复。", "The clock of this case is paused. Resume it first.");
    private static readonly Refusal IsClosed = Conflict("case_closed", "该件已经办结。", "This case is closed.");
    private static readonly Refusal IsDeclined = Conflict("case_declined", "该件未予受理。", "This case was not accepted.");
    private static readonly Refusal IsWithdrawn = Conflict("case_withdrawn", "该件已由群众撤回。", "The citizen has withdrawn this case.");
    private static readonly Refusal UnderAppeal = Conflict("case_under_appeal", "该件正在复核。", "This case is under appeal.");
    private static readonly Refusal NotAppealed = Conflict("case_not_appealed", "该件没有待决定的申诉。", "There is no appeal to decide.");

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
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => NotAnswered,
            CaseCommand.DecideAppeal => NotAppealed,
            CaseCommand.Resume => NotPaused,
            _ => NotAccepted,
        },
        CaseState.AwaitingMaterials => command switch
        {
            CaseCommand.Accept => CaseState.Accepted,
            CaseCommand.Decline => CaseState.Declined,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => CaseState.Filed,
            CaseCommand.IssueNotice or CaseCommand.OfferHandOver or CaseCommand.DecideHandOver or CaseCommand.Arbitrate or CaseCommand.Group or CaseCommand.Remind => state,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => NotAnswered,
            CaseCommand.DecideAppeal => NotAppealed,
            CaseCommand.Resume => NotPaused,
            _ => NotAccepted,
        },
        CaseState.Accepted => command switch
        {
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => AlreadyAccepted,
            CaseCommand.Answer => CaseState.Answered,
            CaseCommand.Pause => CaseState.Paused,
            CaseCommand.Resume => NotPaused,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => NotAnswered,
            CaseCommand.DecideAppeal => NotAppealed,
            _ => state,
        },
        CaseState.Paused => command switch
        {
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => AlreadyAccepted,
            CaseCommand.Resume => CaseState.Accepted,
            CaseCommand.Withdraw => CaseState.Withdrawn,
            // A pause stops the time, not the question who is responsible: an offer that waits is answered all the same.
            CaseCommand.DecideHandOver or CaseCommand.Arbitrate or CaseCommand.Group or CaseCommand.AddMaterial or CaseCommand.AddPictures or CaseCommand.Remind => state,
            CaseCommand.ApproveAnswer or CaseCommand.RejectAnswer or CaseCommand.Close or CaseCommand.Appeal => NotAnswered,
            CaseCommand.DecideAppeal => NotAppealed,
            _ => IsPaused,
        },
        CaseState.Answered => command switch
        {
            CaseCommand.Close or CaseCommand.ApproveAnswer => CaseState.Closed,
            CaseCommand.RejectAnswer => CaseState.Accepted,
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => state,
            CaseCommand.DecideAppeal => NotAppealed,
            CaseCommand.Accept or CaseCommand.Decline or CaseCommand.IssueNotice => AlreadyAccepted,
            _ => AlreadyAnswered,
        },
        CaseState.Appealed => command switch
        {
            CaseCommand.DecideAppeal => CaseState.Closed,
            CaseCommand.AddMaterial or CaseCommand.AddPictures => state,
            _ => UnderAppeal,
        },
        CaseState.Closed => command switch
        {
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.DecideAppeal => NotAppealed,
            _ => IsClosed,
        },
        CaseState.Declined => command switch
        {
            CaseCommand.Appeal => CaseState.Appealed,
            CaseCommand.DecideAppeal => NotAppealed,
            _ => IsDeclined,
        },
        CaseState.Withdrawn => IsWithdrawn,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whether something is still to be done.</summary>
    public static bool IsOpen(this CaseState state) => state is CaseState.Filed or CaseState.AwaitingMaterials or CaseState.Accepted or CaseState.Paused or CaseState.Appealed;

    private static Refusal Conflict(string code, string zh, string en) => new(RefusalKind.Conflict, code, zh, en);
}
