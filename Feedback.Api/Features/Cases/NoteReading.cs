using Feedback.Casework;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Features.Cases;

/// <summary>Reading a sealed case is an event in its history; whoever goes on reading is written down once in a quarter of an hour.</summary>
internal sealed record NoteReading(Actor Actor, string CaseNumber) : ICommand<Done>
{
    internal sealed class Handler(CaseContext context) : IRequestHandler<NoteReading, Outcome<Done>>
    {
        private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(15);

        private const string LatelySql = "select count(*) from case_event where case_number = @number and kind = 'Read' and actor = @reader and at > @since";

        public async Task<Outcome<Done>> Handle(NoteReading request, CancellationToken cancellationToken)
        {
            var found = await context.Cases.Find(request.CaseNumber, request.Actor, cancellationToken);
            if (found.Refusal is { } unknown) return unknown;
            var of = new { number = found.Value.CaseNumber, reader = request.Actor.Login, since = context.Now - OneReading };
            if (found.Value.Lane == Lane.Sealed && await context.Db.Single<int>(LatelySql, of, cancellationToken) == 0)
            {
                await context.Record(found.Value, CaseEventKind.Read, request.Actor.Login, new EventDetail(), cancellationToken);
            }

            return default(Done);
        }
    }
}
