using Feedback.Domain.Cases;

namespace Feedback.Domain.Staff;

/// <summary>Who holds which post at one moment, and who stands in for whom (A/B 角).</summary>
/// <param name="staff">All who are active.</param>
/// <param name="absent">Who is away, with the deputy's login; null when nobody stands in.</param>
public sealed class Roster(IReadOnlyList<Actor> staff, IReadOnlyDictionary<string, string?> absent)
{
    /// <summary>
    /// Who holds a post for this hall and unit, or stands in for its holder. When nobody is there, who holds the next one up, so
    /// that no case is ever without somebody responsible. Whoever is complained about is never among them.
    /// </summary>
    /// <param name="post">The lowest post that may be.</param>
    /// <param name="hall">Of this hall.</param>
    /// <param name="department">Of this unit.</param>
    /// <param name="window">The window that is complained about.</param>
    public IReadOnlyList<Actor> Holding(Role post, string hall, string department, string window)
    {
        IReadOnlyList<Actor> away = [];
        foreach (var role in Posts.From(post))
        {
            var holders = staff.Where(a => a.Role == role
                && (a.HallCode is null || a.HallCode == hall)
                && (a.DepartmentCode is null || a.DepartmentCode == department)
                && a.WindowCode != window).ToList();
            var there = holders.Select(h => StandingFor(h, window)).OfType<Actor>().Distinct().ToList();
            if (there.Count > 0) return there;
            if (away.Count == 0) away = holders;
        }

        // Everybody is away and nobody stands in: better told late than not at all.
        return away;
    }

    /// <summary>Who is complained about when a citizen names a window: where a head or supervisor sits at it, it is they.</summary>
    public Against At(string window) => staff.Where(a => a.WindowCode == window).Select(a => Routing.Accused(a.Role)).Aggregate(Against.Window, Routing.Higher);

    public IReadOnlyList<Actor> All => staff;

    public Actor? Find(string? login) => staff.FirstOrDefault(a => a.Login == login);

    /// <summary>The person, or the deputy while that person is away; null when neither can act on a complaint about this window.</summary>
    public Actor? Acting(string? login, string window) => Find(login) is { } person ? StandingFor(person, window) : null;

    private Actor? StandingFor(Actor person, string window)
    {
        if (!absent.TryGetValue(person.Login, out var deputy)) return person;
        return deputy is not null && !absent.ContainsKey(deputy) && Find(deputy) is { } acting && acting.WindowCode != window ? acting : null;
    }
}
