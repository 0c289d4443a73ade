using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Policies;
using Feedback.Domain.Staff;

namespace Feedback.Casework;

/// <summary>
/// What a member of staff may do to a case: the role, the state machine, and who asked what of whom. The commands refuse by it and
/// the views offer by it, so that nothing is offered that would be refused.
/// </summary>
internal static class CaseRights
{
    /// <summary>The state a command leads to, or the refusal that names why this person cannot give it now.</summary>
    public static Outcome<CaseState> Next(CaseCommand command, CaseRow found, CaseDossier dossier, Actor actor, Policy policy, DateTimeOffset now)
    {
        if (!actor.MayHandle) return DomainRefusals.NotAllowed;
        if (found.About == Prohibition.BadRating) return CaseRefusals.CaseIsBadRating;
        var next = CaseFlow.Next(found.State, command);
        return next.Refusal is null && Refuse(command, found, dossier, actor, policy, now) is { } refusal ? refusal : next;
    }

    /// <summary>Why this person cannot write to the citizen now: only to whoever could still answer, and only for the unit that is responsible.</summary>
    public static Refusal? RefuseWriting(CaseRow found, Actor actor)
    {
        if (!actor.MayHandle) return DomainRefusals.NotAllowed;
        return actor.DepartmentCode is { } unit && unit != found.UnitCode ? CaseRefusals.HandOverNotAccepted : CaseFlow.Next(found.State, CaseCommand.AddMaterial).Refusal;
    }

    private static Refusal? Refuse(CaseCommand command, CaseRow found, CaseDossier dossier, Actor actor, Policy policy, DateTimeOffset now) => command switch
    {
        // A unit that is being asked sees the case, and is not responsible before it accepts.
        not CaseCommand.DecideHandOver when actor.DepartmentCode is { } unit && unit != found.UnitCode => CaseRefusals.HandOverNotAccepted,

        CaseCommand.IssueNotice when actor.Role is not (Role.Handler or Role.UnitHead or Role.HallSupervisor) => DomainRefusals.NotAllowed,
        CaseCommand.IssueNotice when !found.IsApplication => CaseRefusals.NotAnApplication,

        CaseCommand.Pause when now > found.DueAt => CaseRefusals.ClockOverdue,

        CaseCommand.RequestExtension when now > found.DueAt => CaseRefusals.ExtensionTooLate,
        CaseCommand.RequestExtension when dossier.Extension is not null => CaseRefusals.ExtensionAlreadyAsked,
        CaseCommand.RequestExtension when policy.CaseTypes[found.CaseType].Extension is null => CaseRefusals.ExtensionNotAllowed,

        CaseCommand.DecideExtension when dossier.Extension is not { Granted: null } => CaseRefusals.ExtensionNotAsked,
        CaseCommand.DecideExtension when actor.Login == dossier.Extension.AskedBy || dossier.Acting.Contains(found.Responsible) => CaseRefusals.OwnRequest,

        CaseCommand.OfferHandOver when found.Lane != Lane.Hall => CaseRefusals.HandOverNotInLane,
        CaseCommand.OfferHandOver when !dossier.Acting.Contains(found.Responsible) => CaseRefusals.NotResponsible,
        CaseCommand.OfferHandOver => HandOverRules.Refuse(dossier.Earlier, found.UnitCode, policy.HandOver.Limit, dossier.Arbitration?.Unit, dossier.Arbitration is { DecidedAt: null }),

        CaseCommand.DecideHandOver when dossier.OpenOffer is not { } offer || !dossier.Acting.Contains(offer.ToLogin) => CaseRefusals.HandOverNotOffered,

        CaseCommand.Arbitrate when actor.Role is not (Role.HallSupervisor or Role.BureauLeader) => DomainRefusals.NotAllowed,
        CaseCommand.Arbitrate when dossier.Arbitration is not { DecidedAt: null } => CaseRefusals.ArbitrationNotAsked,

        CaseCommand.DecideAppeal when dossier.Acting.Contains(found.Responsible) || dossier.TookPart.Contains(actor.Login) => CaseRefusals.InvolvedInCase,
        _ => null,
    };
}
