using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;

namespace Feedback.Accounts;

/// <summary>Notes the day of a token's last use.</summary>
internal sealed record NoteTokenUse(string Token) : ICommand<Done>
{
    internal sealed class Handler(Db db, Vault vault, LocalTime local) : IRequestHandler<NoteTokenUse, Outcome<Done>>
    {
        private const string NoteSql = "update api_token set used_on = @today where hash = @hash";

        public async Task<Outcome<Done>> Handle(NoteTokenUse request, CancellationToken cancellationToken)
        {
            await db.Execute(NoteSql, new { hash = vault.Hash(Purpose.ApiToken, request.Token), today = local.Today }, cancellationToken);
            return default(Done);
        }
    }
}
