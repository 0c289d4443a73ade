namespace Feedback.Domain.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Acknowledged; the decision on acceptance is awaited (待受理).</summary>
    Filed,

    /// <summary>Accepted; the answer is awaited (办理中).</summary>
    Accepted,

    /// <summary>Answered (已答复).</summary>
    Answered,
}

/// <summary>What a member of staff can do to a case.</summary>
public enum CaseCommand
{
    Accept,
    Answer,
}

/// <summary>The state machine: every pair of state and command is either a transition or a named refusal.</summary>
public static class CaseFlow
{
    public static Outcome<CaseState> Next(CaseState state, CaseCommand command) => (state, command) switch
    {
        (CaseState.Filed, CaseCommand.Accept) => CaseState.Accepted,
        (_, CaseCommand.Accept) => new Refusal(RefusalKind.Conflict, "case_already_accepted", "该件已经受理。", "This case has already been accepted."),
        (CaseState.Accepted, CaseCommand.Answer) => CaseState.Answered,
        (CaseState.Filed, CaseCommand.Answer) => new Refusal(RefusalKind.Conflict, "case_not_accepted", "该件尚未受理,请先受理。", "This case has not been accepted yet. Accept it first."),
        (_, CaseCommand.Answer) => new Refusal(RefusalKind.Conflict, "case_already_answered", "该件已经答复。", "This case has already been answered."),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
