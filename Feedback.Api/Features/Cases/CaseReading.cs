using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Pipeline;

namespace Feedback.Features.Cases;

/// <summary>How the endpoints open a case: nothing sealed is shown before the reading is written down.</summary>
internal static class CaseReading
{
    public static async Task<Outcome<ShowCase.View>> Open(this Dispatcher dispatcher, Actor reader, string number, CancellationToken ct)
    {
        var shown = await dispatcher.Send(new ShowCase(reader, number), ct);
        if (shown.Refusal is not null || shown.Value.Lane != Lane.Sealed) return shown;
        var noted = await dispatcher.Send(new NoteReading(reader, number), ct);
        return noted.Refusal is { } refusal ? refusal : shown;
    }
}
