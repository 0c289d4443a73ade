using Feedback.Domain.Clocks;

namespace Feedback.Domain.Cases;

/// <summary>The ladder's steps with whom they really reach: a lane that the hall may not see climbs past the hall's roles.</summary>
internal static class StepSentences
{
    public static Bilingual Reached(this EscalationStep step, Lane lane)
    {
        var to = Routing.RecipientRole(step, lane).Name();
        return Ladder.Of(step).When switch
        {
            StepTime.Before => step.Name(),
            StepTime.AtDue => new($"到期,督办至{to.Zh}", $"Overdue, raised to: {to.En}"),
            _ => new($"升级至{to.Zh}", $"Raised to: {to.En}"),
        };
    }

    /// <summary>What the clock did, as a sentence of the case's history.</summary>
    public static Bilingual Sentence(this EscalationStep step, ClockKind clock, Lane lane)
    {
        var (name, reached) = (clock.Name(), step.Reached(lane));
        return Ladder.Of(step).When switch
        {
            StepTime.Before => new($"{name.Zh}将到,系统发出临期预警。", $"{name.En} is nearly up; the system gave a warning."),
            StepTime.AtDue => new($"{name.Zh}{reached.Zh}。", $"{name.En}: {reached.En}."),
            _ => new($"{name.Zh}超期,{reached.Zh}。", $"{name.En} is overdue. {reached.En}."),
        };
    }
}
