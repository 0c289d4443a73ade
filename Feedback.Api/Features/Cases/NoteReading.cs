using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>Reading a sealed case is an event in its history; whoever goes on reading is written down once in a quarter of an hour.</summary>
public sealed record NoteReading(Actor Actor, string CaseNumber) : ICommand<Done>
{
    internal sealed class Handler(CaseWork work) : IRequestHandler<NoteReading, Outcome<Done>>
    {
        private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(15);

        private const string LatelySql = "select count(*) from case_event where case_number = @number and kind = 'Read' and actor = @reader and at > @since";

        public async Task<Outcome<Done>> Handle(NoteReading request, CancellationToken cancellationToken)
        {
            var found = await work.Desk.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            var of = new { number = found.Value.CaseNumber, reader = request.Actor.Login, since = work.Now - OneReading };
            if (found.Value.Lane == Lane.Sealed && await work.Db.Single<int>(LatelySql, of, cancellationToken) == 0)
            {
                await work.Record(found.Value, CaseEventKind.Read, request.Actor.Login, new EventDetail(), cancellationToken);
            }

            return default(Done);
        }
    }
}

/// <summary>How the doors open a case: nothing sealed is shown before the reading is written down.</summary>
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
