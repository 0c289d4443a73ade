using System.Runtime.CompilerServices;
using Feedback.Casework.Contacts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Pipeline;

namespace Feedback.Features.Ratings;

/// <summary>That a rating was brought by a program (a hall's terminal, another system) and not sent by the citizen.</summary>
/// <param name="By">Whose token the program has; null for the command line, which may bring any hall's.</param>
/// <param name="RatedAt">When it was given; null means now.</param>
public sealed record RatingImport(Actor? By, DateTimeOffset? RatedAt);

/// <summary>A rating as a program brings it: as a citizen's, but the window is named by its code, and it may be from earlier.</summary>
internal sealed record RatingLine(
    string? Window,
    int Grade,
    IReadOnlyList<string>? Tags = null,
    string? Comment = null,
    string? Ticket = null,
    int? Visits = null,
    ContactDetails? Contact = null,
    string? Item = null,
    DateTimeOffset? RatedAt = null)
{
    /// <param name="by">As of <see cref="RatingImport"/>.</param>
    /// <param name="key">Of this line, so that a feed that is sent again stores nothing twice; null without.</param>
    public RateService Command(Actor? by, string? key) =>
        new(Window, Grade, Tags, Comment, Ticket, Visits, Contact, Item) { Import = new RatingImport(by, RatedAt), IdempotencyKey = key };
}

/// <summary>Sends many ratings through the pipeline, as many at once as fill a group.</summary>
internal sealed class RatingFeed(Dispatcher dispatcher)
{
    private const int AtOnce = 256;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>One outcome for each line, in their order. A line that could not be read stays refused.</summary>
    /// <exception cref="System.Data.Common.DbException">The database did not answer; what was sent before may be in.</exception>
    public async IAsyncEnumerable<Outcome<RateService.Receipt>> Send(IEnumerable<Outcome<RateService>> lines, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var part in lines.Chunk(AtOnce))
        {
            foreach (var outcome in await Task.WhenAll(part.Select(line => line.Match(rating => Send(rating, ct), refusal => Task.FromResult<Outcome<RateService.Receipt>>(refusal)))))
            {
                yield return outcome;
            }
        }
    }

    private async Task<Outcome<RateService.Receipt>> Send(RateService rating, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await dispatcher.Send(rating, ct);
            }
            catch (BusyException)
            {
                // Citizens who wait come first.
                await Task.Delay(Pause, ct);
            }
        }
    }
}
