using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Clocks;

namespace Feedback.Web.Console.Cases;

/// <summary>The ladder's steps with whom they really reach: a lane that the hall may not see climbs past the hall's roles.</summary>
internal static class StepSentences
{
    public static Bilingual Reached(this EscalationStep step, Lane lane)
    {
        var to = Routing.RecipientRole(step, lane).Name();
        return step switch
        {
            EscalationStep.Yellow => step.Name(),
            EscalationStep.UnitHead => new($"到期,督办至{to.Zh}", $"Overdue, raised to: {to.En}"),
            _ => new($"升级至{to.Zh}", $"Raised to: {to.En}"),
        };
    }

    /// <summary>What the clock did, as a sentence of the case's history.</summary>
    public static Bilingual Sentence(this EscalationStep step, ClockKind clock, Lane lane)
    {
        var (name, reached) = (clock.Name(), step.Reached(lane));
        return step switch
        {
            EscalationStep.Yellow => new($"{name.Zh}将到,系统发出临期预警。", $"{name.En} is nearly up; the system gave a warning."),
            EscalationStep.UnitHead => new($"{name.Zh}{reached.Zh}。", $"{name.En}: {reached.En}."),
            _ => new($"{name.Zh}超期,{reached.Zh}。", $"{name.En} is overdue. {reached.En}."),
        };
    }
}
