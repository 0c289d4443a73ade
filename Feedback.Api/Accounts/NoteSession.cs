using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using MediatR;

namespace Feedback.Accounts;

/// <summary>Notes that a session is in use; to the five minutes, so that reading pages writes little.</summary>
internal sealed record NoteSession(string Id) : ICommand<Done>
{
    internal sealed class Handler(Db db, Sessions sessions, LocalTime local) : IRequestHandler<NoteSession, Outcome<Done>>
    {
        private const string SeenSql = "update staff_session set seen_at = @now where hash = @hash and seen_at < @now";

        public async Task<Outcome<Done>> Handle(NoteSession request, CancellationToken cancellationToken)
        {
            await db.Execute(SeenSql, new { hash = sessions.HashOf(request.Id), now = local.Now }, cancellationToken);
            return default(Done);
        }
    }
}
