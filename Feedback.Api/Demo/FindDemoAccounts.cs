using Feedback.Accounts;
using Feedback.Data;
using Feedback.Domain;
using Feedback.Pipeline;
using Feedback.Security;
using MediatR;
using Microsoft.AspNetCore.Identity;

namespace Feedback.Demo;

/// <summary>The logins of open accounts that still have the demonstration's password, which everybody can read in the sources.</summary>
internal sealed record FindDemoAccounts : IQuery<IReadOnlyList<string>>
{
    /// <summary>Nothing but Development starts on a database in which the demonstration was lived.</summary>
    /// <exception cref="SetupException">There are such accounts.</exception>
    public static async Task RefuseOutsideDevelopment(IServiceProvider services, IHostEnvironment environment, CancellationToken ct)
    {
        if (environment.IsDevelopment()) return;
        var found = (await services.GetRequiredService<Dispatcher>().Send(new FindDemoAccounts(), ct)).Value;
        if (found.Count > 0) throw new SetupException($"The database holds accounts of the demonstration, whose password everybody knows ({string.Join(", ", found)}). Start {environment.EnvironmentName} on a database of its own.");
    }

    internal sealed class Handler(Db db) : IRequestHandler<FindDemoAccounts, Outcome<IReadOnlyList<string>>>
    {
        private const string AccountsSql = "select login, password_hash from staff where login in @logins and active = 1 order by login";

        public async Task<Outcome<IReadOnlyList<string>>> Handle(FindDemoAccounts request, CancellationToken cancellationToken)
        {
            var logins = HallScript.Read().Staff.Select(s => s.Login);
            var accounts = await db.Query<Account>(AccountsSql, new { logins }, cancellationToken);
            return accounts.Where(a => Passwords.Verify(a.Login, a.PasswordHash, DemoHall.Password) != PasswordVerificationResult.Failed).Select(a => a.Login).ToList();
        }

        private sealed record Account(string Login, string PasswordHash);
    }
}
