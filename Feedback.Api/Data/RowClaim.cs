namespace Feedback.Data;

/// <summary>
/// Rows that one caller takes for itself: up to <c>@limit</c> of those that lie there are changed and told, and no two callers are told
/// the same row, also when they ask at once. The parts are portable SQL; <see cref="Dialect.Claim"/> makes the engine's statement of them.
/// </summary>
/// <param name="Table">One table.</param>
/// <param name="Set">What claiming changes; afterwards a row must no longer be found by <paramref name="Where"/>.</param>
/// <param name="Where">Which rows can be claimed.</param>
/// <param name="OrderBy">Which come first, where the engine can be asked for an order.</param>
/// <param name="Returning">The columns that are told, as they are after the change.</param>
internal sealed record RowClaim(string Table, string Set, string Where, string OrderBy, string[] Returning)
{
    public override string ToString() => $"update {Table} set {Set} where {Where} order by {OrderBy}: {string.Join(", ", Returning)}";
}
