using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;
using Feedback.Domain.Policies;
using Feedback.Domain.Time;

namespace Feedback.Casework;

/// <summary>A case as the slices that act on it need it.</summary>
public sealed record CaseRow(
    string CaseNumber,
    CaseType CaseType,
    Prohibition About,
    Receiver Receiver,
    Against Against,
    Lane Lane,
    string HallCode,
    string DepartmentCode,
    string WindowCode,
    string UnitCode,
    string? OfferedUnit,
    int Reopened,
    string? Ticket,
    byte[] Said,
    bool HasContact,
    int PolicyVersion,
    CaseState State,
    string? Responsible,
    EscalationStep? Step,
    DateTimeOffset FiledAt,
    DateTimeOffset AcceptBy,
    DateTimeOffset? AcceptedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? AnsweredAt,
    byte[]? Answer,
    string? PromisedLimit,
    bool IsApplication,
    string? Doer)
{
    /// <summary>How long the answer may take: what the item's guide promised at the first contact, else the rule for the type.</summary>
    public Limit AnswerLimit(Policy policy) => PromisedLimit is { } promised ? Limit.Parse(promised) : policy.CaseTypes[CaseType].Answer;
}
