namespace Feedback.Domain.Staff;

/// <summary>The order of the posts through which cases climb. Auditor and administrator hold none of them.</summary>
internal static class Posts
{
    /// <summary>Lowest first.</summary>
    private static readonly Role[] Order = [Role.Handler, Role.UnitHead, Role.HallSupervisor, Role.BureauLeader, Role.Inspector];

    /// <summary>The post and those above it, lowest first; none for a role that is no post.</summary>
    public static IEnumerable<Role> From(Role post) => Order.SkipWhile(p => p != post);

    /// <summary>The next one up; above the highest there is none, and it stays.</summary>
    /// <exception cref="InvalidOperationException">The role is no post.</exception>
    public static Role Above(Role post) => From(post).Take(2).Last();

    /// <exception cref="ArgumentException">One of the roles is no post.</exception>
    public static Role Higher(Role one, Role other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(Role post) => Array.IndexOf(Order, post) is >= 0 and var rank ? rank : throw new ArgumentException($"{post} is no post.", nameof(post));
}
