using System.Globalization;
using Feedback.Data;
using Feedback.Demo;
using Feedback.Domain.Staff;
using Feedback.Features.Audit;
using Feedback.Features.Staff;
using Feedback.Pipeline;
using Feedback.Security;
using Spectre.Console;

namespace Feedback.Commands;

/// <summary>The commands of the executable; each is a shim over the same services that serve requests.</summary>
internal static class CommandLine
{
    private static readonly IReadOnlyList<Command> All =
    [
        new("migrate", "bring the database up to this version", Migrate),
        new("seed-demo", "fill an empty database with the demonstration hall (in Development only)", SeedDemo),
        new("verify-audit", "recompute every case's history and every daily anchor, and name what does not hold", VerifyHistory),
        new("create-admin", "LOGIN NAME: create an administrator; the password is read from the terminal or FEEDBACK_PASSWORD", CreateAdmin),
        new("code", "LOGIN: the code that an account of the demonstration signs in with now (in Development only)", Code),
        new("calendar", "import FILE (JSON or CSV): a year of the State Council's notice on holidays; running clocks are recomputed", Calendar),
        new("import", "ratings FILE.csv: ratings from terminals and other systems; exit code 1 when lines were refused, and the report says why", Import),
        new("rotate-keys", "add a sealing key to the key file and seal anew what may be changed; with --reseal only the latter", Rotate),
        new("purge", "apply the retention policy now: contacts made anonymous, texts of old cases erased; prints what was done", Purge),
        new("recount", "MONTH (2026-10): count a month again from its raw rows; exit code 1 when a daily count differs", Recount),
    ];

    public static async Task<int> Run(WebApplicationBuilder builder, string[] args)
    {
        var command = All.FirstOrDefault(c => c.Name == args[0]);
        if (command is null) return Help(args[0]);

        // Before the keys are read, so that what runs here seals with the new one.
        if (args is ["rotate-keys"]) MasterKey.Rotate(builder.Configuration);
        builder.Services.AddFeedback(builder.Configuration, builder.Environment);
        await using var app = builder.Build();
        return await command.Run(app, args[1..]);
    }

    private static int Help(string asked)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "");
        foreach (var command in All) table.AddRow(Markup.Escape(command.Name), Markup.Escape(command.Summary));
        AnsiConsole.WriteLine("Without a command the program serves. Commands:");
        AnsiConsole.Write(table);
        return asked == "help" ? 0 : 1;
    }

    private static async Task<int> Migrate(WebApplication app, string[] args)
    {
        var applied = await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        AnsiConsole.WriteLine(applied.Count == 0 ? "The database is up to date." : $"Applied: {string.Join(", ", applied)}");
        return 0;
    }

    private static async Task<int> SeedDemo(WebApplication app, string[] args)
    {
        if (!app.Environment.IsDevelopment())
        {
            AnsiConsole.WriteLine("The demonstration hall has known passwords and is seeded in Development only.");
            return 1;
        }

        await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var seeded = await DemoHall.Seed(app.Services, app.Configuration, app.Environment, AnsiConsole.Console);
        AnsiConsole.WriteLine(seeded ? "Seeded." : "The database is not empty; nothing was seeded.");
        return 0;
    }

    private static async Task<int> VerifyHistory(WebApplication app, string[] args)
    {
        var report = (await AnsiConsole.Status().StartAsync("Recomputing the history", _ => app.Services.GetRequiredService<Dispatcher>().Send(new VerifyAudit()))).Value;
        foreach (var found in report.Breaks) AnsiConsole.WriteLine($"{found.Where}  {found.What}  {found.Text}");
        AnsiConsole.WriteLine($"{report.Cases} cases, {report.Events} events, anchored to {report.AnchoredTo?.ToString("O", CultureInfo.InvariantCulture) ?? "no day yet"}: {(report.Holds ? "all holds" : $"{report.Breaks.Count} broken")}.");
        return report.Holds ? 0 : 1;
    }

    private static async Task<int> CreateAdmin(WebApplication app, string[] args)
    {
        if (args is not [var login, var name]) return Help("create-admin");
        await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var password = Environment.GetEnvironmentVariable("FEEDBACK_PASSWORD") ?? AnsiConsole.Prompt(new TextPrompt<string>("Password:").Secret());
        var outcome = await app.Services.GetRequiredService<Dispatcher>().Send(new CreateStaff(login, name, Role.Admin, null, null, null, password));
        AnsiConsole.WriteLine(outcome.Match(
            _ => $"Created {login}.",
            refusal => string.Join(Environment.NewLine, refusal.Errors.Select(e => e.Message.ToString()).DefaultIfEmpty(refusal.Message.En))));
        return outcome.Refusal is null ? 0 : 1;
    }

    private static async Task<int> Code(WebApplication app, string[] args)
    {
        if (args is not [var login]) return Help("code");
        if (!app.Environment.IsDevelopment())
        {
            AnsiConsole.WriteLine("Codes are shown in Development only.");
            return 1;
        }

        await app.Services.GetRequiredService<Migrator>().Migrate(CancellationToken.None);
        var code = await app.Services.GetRequiredService<Dispatcher>().Send(new ShowDemoCode(login));
        AnsiConsole.WriteLine(code.Match(shown => shown, refusal => refusal.Message.En));
        return code.Refusal is null ? 0 : 1;
    }

    private static async Task<int> Rotate(WebApplication app, string[] args) =>
        args is [] or ["--reseal"] ? await RotateKeys.Run(app.Services, args.Length > 0, AnsiConsole.Console) : Help("rotate-keys");

    private static async Task<int> Purge(WebApplication app, string[] args) =>
        args is [] ? await PurgeExpired.Run(app.Services, AnsiConsole.Console) : Help("purge");

    private static async Task<int> Recount(WebApplication app, string[] args) =>
        args is [var month] ? await RecountMonth.Run(app.Services, month, AnsiConsole.Console) : Help("recount");

    private static async Task<int> Calendar(WebApplication app, string[] args) =>
        args is ["import", var file] ? await ImportCalendar.Run(app.Services, file, AnsiConsole.Console) : Help("calendar");

    private static async Task<int> Import(WebApplication app, string[] args) =>
        args is ["ratings", var file] ? await ImportRatings.Run(app.Services, file, AnsiConsole.Console) : Help("import");

    private sealed record Command(string Name, string Summary, Func<WebApplication, string[], Task<int>> Run);
}
