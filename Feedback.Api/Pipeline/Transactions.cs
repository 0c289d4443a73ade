using System.Data.Common;
using Feedback.Data;

namespace Feedback.Pipeline;

/// <summary>How every writing message meets the database: a transaction around the work, and the work again when another was first.</summary>
internal static class Transactions
{
    private const int Attempts = 5;

    /// <summary>Begins, works, and commits what is accepted; everything else is rolled back.</summary>
    /// <param name="accepted">Whether what the work came to is to stay.</param>
    public static async Task<T> Once<T>(Db db, bool write, Func<Task<T>> work, Func<T, bool> accepted, CancellationToken ct)
    {
        await db.Begin(write, ct);
        try
        {
            var result = await work();
            if (accepted(result)) await db.Commit(ct);
            return result;
        }
        finally
        {
            await db.Rollback();
        }
    }

    /// <summary>Repeats an attempt, a transaction of its own each time, while another transaction was first (unique key, deadlock, lost race).</summary>
    /// <exception cref="DbException">It was not a race, or every attempt lost one.</exception>
    /// <exception cref="LostRaceException">Likewise.</exception>
    public static async Task<T> Repeated<T>(Dialect dialect, Func<Task<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (Exception e) when (number < Attempts && (e is LostRaceException || (e is DbException conflict && dialect.IsConflict(conflict))))
            {
                // The loser of a race sees what the winner wrote on its next turn.
            }
        }
    }
}
