using Feedback.Domain.Cases;

namespace Feedback.Tests.Domain.Cases;

/// <summary>The whole state machine: every command in every state.</summary>
internal sealed class CaseFlowTests
{
    /// <summary>
    /// A row a command, a column a state that the case is in. A cell begins with a capital letter where the command is taken and names the
    /// state it leads to; else it is the code of the refusal without its "case_".
    /// </summary>
    private const string Matrix =
        """
        command           Filed              AwaitingMaterials  Accepted          Paused            Answered          Closed        Declined      Withdrawn  Appealed
        Accept            Accepted           Accepted           already_accepted  already_accepted  already_accepted  closed        declined      withdrawn  under_appeal
        Decline           Declined           Declined           already_accepted  already_accepted  already_accepted  closed        declined      withdrawn  under_appeal
        Answer            not_accepted       not_accepted       Answered          paused            already_answered  closed        declined      withdrawn  under_appeal
        Pause             not_accepted       not_accepted       Paused            paused            already_answered  closed        declined      withdrawn  under_appeal
        Resume            not_paused         not_paused         not_paused        Accepted          already_answered  closed        declined      withdrawn  under_appeal
        RequestExtension  not_accepted       not_accepted       Accepted          paused            already_answered  closed        declined      withdrawn  under_appeal
        DecideExtension   not_accepted       not_accepted       Accepted          paused            already_answered  closed        declined      withdrawn  under_appeal
        OfferHandOver     Filed              AwaitingMaterials  Accepted          paused            already_answered  closed        declined      withdrawn  under_appeal
        DecideHandOver    Filed              AwaitingMaterials  Accepted          Paused            already_answered  closed        declined      withdrawn  under_appeal
        Arbitrate         Filed              AwaitingMaterials  Accepted          Paused            already_answered  closed        declined      withdrawn  under_appeal
        Group             Filed              AwaitingMaterials  Accepted          Paused            already_answered  closed        declined      withdrawn  under_appeal
        Close             not_answered       not_answered       not_answered      not_answered      Closed            closed        declined      withdrawn  under_appeal
        DecideAppeal      not_appealed       not_appealed       not_appealed      not_appealed      not_appealed      not_appealed  not_appealed  withdrawn  Closed
        AddMaterial       Filed              Filed              Accepted          Paused            Answered          closed        declined      withdrawn  Appealed
        Remind            Filed              AwaitingMaterials  Accepted          Paused            already_answered  closed        declined      withdrawn  under_appeal
        Withdraw          Withdrawn          Withdrawn          Withdrawn         Withdrawn         already_answered  closed        declined      withdrawn  under_appeal
        ApproveAnswer     not_answered       not_answered       not_answered      not_answered      Closed            closed        declined      withdrawn  under_appeal
        RejectAnswer      not_answered       not_answered       not_answered      not_answered      Accepted          closed        declined      withdrawn  under_appeal
        Appeal            not_answered       not_answered       not_answered      not_answered      Appealed          Appealed      Appealed      withdrawn  under_appeal
        IssueNotice       AwaitingMaterials  AwaitingMaterials  already_accepted  already_accepted  already_accepted  closed        declined      withdrawn  under_appeal
        AddPictures       Filed              Filed              Accepted          Paused            Answered          closed        declined      withdrawn  Appealed
        """;

    private static readonly Dictionary<(CaseState State, CaseCommand Command), string> Expected = Read();

    [Test]
    public void Every_pair_is_a_transition_or_a_named_refusal([Values] CaseState state, [Values] CaseCommand command)
    {
        Assert.That(CaseFlow.Next(state, command).Match(next => next.ToString(), refusal => refusal.Code), Is.EqualTo(Expected[(state, command)]));
    }

    [Test]
    public void The_matrix_has_a_cell_for_every_pair_and_no_other() =>
        Assert.That(Expected.Keys, Is.EquivalentTo(from state in Enum.GetValues<CaseState>() from command in Enum.GetValues<CaseCommand>() select (state, command)));

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
    private static Dictionary<(CaseState State, CaseCommand Command), string> Read()
    {
        var lines = Matrix.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var states = lines[0][1..].Select(Enum.Parse<CaseState>).ToList();
        return lines[1..]
            .SelectMany(line => states.Zip(line[1..], (state, cell) => ((state, Enum.Parse<CaseCommand>(line[0])), char.IsAsciiLetterUpper(cell[0]) ? cell : "case_" + cell)))
            .ToDictionary();
    }
}
