using Feedback.Domain.Staff;

namespace Feedback.Casework.Contacts;

/// <summary>Somebody asked to see who filed a case.</summary>
/// <param name="Id">The request.</param>
/// <param name="AskedBy">The login of who asked.</param>
/// <param name="AskedByName">The name.</param>
/// <param name="AskedByRole">The role, which whoever decides must not be below.</param>
/// <param name="Reason">Why.</param>
/// <param name="AskedAt">When, local.</param>
/// <param name="Granted">Null until a second person decided.</param>
/// <param name="Note">What the decision says.</param>
/// <param name="DecidedBy">The name of the second person.</param>
/// <param name="DecidedAt">When, local.</param>
/// <param name="Until">Until when whoever asked may look; null unless it was granted.</param>
public sealed record ContactReveal(
    Guid Id, string AskedBy, string AskedByName, Role AskedByRole, string Reason, DateTimeOffset AskedAt, bool? Granted, string? Note, string? DecidedBy, DateTimeOffset? DecidedAt, DateTimeOffset? Until)
{
    /// <summary>Half an hour: long enough for a call, too short to keep.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(30);

    public bool IsOpenTo(Actor actor, DateTimeOffset now) => AskedBy == actor.Login && Granted == true && now <= Until;

    /// <summary>A second person, from the hall's supervisor up and not below whoever asked.</summary>
    public bool MayBeDecidedBy(Actor actor) =>
        Granted is null && actor.Login != AskedBy && actor.Role >= AskedByRole && actor.Role is (Role.HallSupervisor or Role.BureauLeader or Role.Inspector);
}
