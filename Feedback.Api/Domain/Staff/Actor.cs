using Feedback.Domain.Cases;

namespace Feedback.Domain.Staff;

/// <summary>A member of staff who is signed in. Codes are null where the role is not bound to that level.</summary>
public sealed record Actor(string Login, string Name, Role Role, string? HallCode, string? DepartmentCode, string? WindowCode)
{
    /// <summary>
    /// Which cases this person may know of (docs/domain.md "Protecting people"). Handlers see only what they were made
    /// responsible for; the sealed lane is discipline inspection's alone; the administrator sees none.
    /// </summary>
    public CaseScope Scope => Role switch
    {
        Role.Handler => new CaseScope(null, null, Login, Lane.Hall),
        Role.UnitHead => new CaseScope(HallCode, DepartmentCode, null, Lane.Hall),
        Role.HallSupervisor => new CaseScope(HallCode, null, null, Lane.Supervisor),
        Role.BureauLeader => new CaseScope(HallCode, null, null, Lane.Director),
        Role.Inspector => new CaseScope(null, null, null, Lane.Sealed),
        Role.Auditor => new CaseScope(null, null, null, Lane.Director),
        _ => CaseScope.Nothing,
    };

    /// <summary>
    /// Whether a complaint is about this person (回避): they sit at its window. Heads and supervisors who are complained about are
    /// kept out by the case's lane.
    /// </summary>
    public bool IsComplainedAbout(Prohibition about, string window) => about != Prohibition.Question && WindowCode == window;

    /// <summary>Acts on cases; an auditor only reads.</summary>
    public bool MayHandle => Role is Role.Handler or Role.UnitHead or Role.HallSupervisor or Role.BureauLeader or Role.Inspector;
}

/// <summary>A filter that every query over cases applies.</summary>
/// <param name="Hall">Only this hall, or any when null.</param>
/// <param name="Department">Only this unit, or any when null.</param>
/// <param name="Responsible">Only cases this login is responsible for, or any when null.</param>
/// <param name="UpTo">Lanes up to this one; null means none at all.</param>
public sealed record CaseScope(string? Hall, string? Department, string? Responsible, Lane? UpTo)
{
    public static readonly CaseScope Nothing = new(null, null, null, null);

    /// <param name="hall">The case's hall.</param>
    /// <param name="unit">The unit responsible now.</param>
    /// <param name="offered">The unit it is being offered to, which must see what it is asked to take.</param>
    /// <param name="responsible">The login responsible now.</param>
    /// <param name="lane">The case's lane.</param>
    public bool Allows(string hall, string unit, string? offered, string? responsible, Lane lane) =>
        lane <= UpTo
        && (Hall is null || Hall == hall)
        && (Department is null || Department == unit || Department == offered)
        && (Responsible is null || Responsible == responsible);
}
