using Feedback.Domain.Cases;
using Feedback.Web;

namespace Feedback.Tests.Domain.Cases;

/// <summary>The whole matrix, a row a state in the order of the commands: a state where it leads to, or the code of the refusal.</summary>
internal sealed class CaseFlowTests
{
    private const string Unaccepted = "case_not_accepted";
    private const string Accepted = "case_already_accepted";
    private const string Unanswered = "case_not_answered";
    private const string Answered = "case_already_answered";
    private const string NoAppeal = "case_not_appealed";
    private const string Running = "case_not_paused";
    private const string Paused = "case_paused";
    private const string Closed = "case_closed";
    private const string Declined = "case_declined";
    private const string Waiting = "AwaitingMaterials";
    private const string Gone = "case_withdrawn";
    private const string Appeal = "case_under_appeal";

    // Accept, Decline, Answer, Pause, Resume, RequestExtension, DecideExtension, OfferHandOver, DecideHandOver, Arbitrate, Group, Close, DecideAppeal, AddMaterial, Remind, Withdraw, ApproveAnswer, RejectAnswer, Appeal, IssueNotice, AddPictures
    private static readonly Dictionary<CaseState, string[]> Matrix = new()
    {
        [CaseState.Filed] = ["Accepted", "Declined", Unaccepted, Unaccepted, Running, Unaccepted, Unaccepted, "Filed", "Filed", "Filed", "Filed", Unanswered, NoAppeal, "Filed", "Filed", "Withdrawn", Unanswered, Unanswered, Unanswered, "AwaitingMaterials", "Filed"],
        [CaseState.AwaitingMaterials] = ["Accepted", "Declined", Unaccepted, Unaccepted, Running, Unaccepted, Unaccepted, Waiting, Waiting, Waiting, Waiting, Unanswered, NoAppeal, "Filed", Waiting, "Withdrawn", Unanswered, Unanswered, Unanswered, Waiting, "Filed"],
        [CaseState.Accepted] = [Accepted, Accepted, "Answered", "Paused", Running, "Accepted", "Accepted", "Accepted", "Accepted", "Accepted", "Accepted", Unanswered, NoAppeal, "Accepted", "Accepted", "Withdrawn", Unanswered, Unanswered, Unanswered, Accepted, "Accepted"],
        [CaseState.Paused] = [Accepted, Accepted, Paused, Paused, "Accepted", Paused, Paused, Paused, "Paused", "Paused", "Paused", Unanswered, NoAppeal, "Paused", "Paused", "Withdrawn", Unanswered, Unanswered, Unanswered, Accepted, "Paused"],
        [CaseState.Answered] = [Accepted, Accepted, Answered, Answered, Answered, Answered, Answered, Answered, Answered, Answered, Answered, "Closed", NoAppeal, "Answered", Answered, Answered, "Closed", "Accepted", "Appealed", Accepted, "Answered"],
        [CaseState.Closed] = [Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed, Closed, NoAppeal, Closed, Closed, Closed, Closed, Closed, "Appealed", Closed, Closed],
        [CaseState.Declined] = [Declined, Declined, Declined, Declined, Declined, Declined, Declined, Declined, Declined, Declined, Declined, Declined, NoAppeal, Declined, Declined, Declined, Declined, Declined, "Appealed", Declined, Declined],
        [CaseState.Withdrawn] = [.. Enumerable.Repeat(Gone, 21)],
        [CaseState.Appealed] = [Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, "Closed", "Appealed", Appeal, Appeal, Appeal, Appeal, Appeal, Appeal, "Appealed"],
    };

    [Test]
    public void Every_pair_is_a_transition_or_a_named_refusal([Values] CaseState state, [Values] CaseCommand command)
    {
        Assert.That(CaseFlow.Next(state, command).Match(next => next.ToString(), refusal => refusal.Code), Is.EqualTo(Matrix[state][(int)command]));
    }

    [TestCase(CaseState.Filed, true)]
    [TestCase(CaseState.AwaitingMaterials, true)]
    [TestCase(CaseState.Accepted, true)]
    [TestCase(CaseState.Paused, true)]
    [TestCase(CaseState.Appealed, true)]
    [TestCase(CaseState.Answered, false)]
    [TestCase(CaseState.Closed, false)]
    [TestCase(CaseState.Declined, false)]
    [TestCase(CaseState.Withdrawn, false)]
    public void A_case_is_open_while_something_is_to_be_done(CaseState state, bool open)
    {
        Assert.That(state.IsOpen(), Is.EqualTo(open));
    }
}
