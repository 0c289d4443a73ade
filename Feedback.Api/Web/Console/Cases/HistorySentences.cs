using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Features.Cases;

namespace Feedback.Web.Console.Cases;

/// <summary>What happened to a case, in the words of the staff: a line of its history.</summary>
internal static class HistorySentences
{
    /// <param name="happened">With its instants local and its names looked up.</param>
    /// <param name="lane">The case's lane: it says whom a step really reached.</param>
    public static Bilingual Sentence(this ShowCase.HistoryEntry happened, Lane lane) =>
        happened.Kind.Words().ToStaff(new Happening(happened.At, happened.Actor, happened.Detail, lane, happened.Unit, happened.Person));
}
