namespace Feedback.Domain.Staff;

/// <summary>Who arranges absences, and who may stand in for whom (A/B 角).</summary>
public static class Deputies
{
    /// <summary>Oneself, a unit's head for the unit, the hall's supervisor and leader for the hall, the administrator for all.</summary>
    public static bool MayArrange(this Actor actor, Actor person) => actor.Login == person.Login || actor.Role switch
    {
        Role.UnitHead => person.HallCode == actor.HallCode && person.DepartmentCode == actor.DepartmentCode,
        Role.HallSupervisor or Role.BureauLeader => person.HallCode == actor.HallCode && person.Role < actor.Role,
        Role.Admin => true,
        _ => false,
    };

    /// <summary>
    /// Somebody else who acts on cases and may know as much: of the same unit where the post is a unit's, of the same hall where it
    /// is a hall's, and of the same lanes.
    /// </summary>
    public static bool MayStandInFor(this Actor deputy, Actor person) =>
        deputy.Login != person.Login
        && deputy.MayHandle
        && deputy.Scope.UpTo >= person.Scope.UpTo
        && (deputy.HallCode is null || deputy.HallCode == person.HallCode)
        && (person.DepartmentCode is null || deputy.DepartmentCode is null || deputy.DepartmentCode == person.DepartmentCode);
}
