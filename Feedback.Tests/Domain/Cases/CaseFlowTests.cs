using Feedback.Domain.Cases;

namespace Feedback.Tests.Domain.Cases;

/// <summary>The whole matrix: a new state or command without a row here fails.</summary>
internal sealed class CaseFlowTests
{
    private static readonly Dictionary<(CaseState, CaseCommand), string> Matrix = new()
    {
        [(CaseState.Filed, CaseCommand.Accept)] = "Accepted",
        [(CaseState.Filed, CaseCommand.Answer)] = "case_not_accepted",
        [(CaseState.Accepted, CaseCommand.Accept)] = "case_already_accepted",
        [(CaseState.Accepted, CaseCommand.Answer)] = "Answered",
        [(CaseState.Answered, CaseCommand.Accept)] = "case_already_accepted",
        [(CaseState.Answered, CaseCommand.Answer)] = "case_already_answered",
    };

    [Test]
    public void Every_pair_is_a_transition_or_a_named_refusal([Values] CaseState state, [Values] CaseCommand command)
    {
        Assert.That(CaseFlow.Next(state, command).Match(next => next.ToString(), refusal => refusal.Code), Is.EqualTo(Matrix[(state, command)]));
    }
}
