using Feedback.Accounts;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Features.Halls;
using Feedback.Pipeline;
using Spectre.Console;

namespace Feedback.Demo;

/// <summary>The table of a start in Development.</summary>
internal static class DemoAddresses
{
    /// <summary>Where to look and how to sign in; nothing when the database holds no demonstration hall.</summary>
    public static async Task Print(WebApplication app, IAnsiConsole console)
    {
        var dispatcher = app.Services.GetRequiredService<Dispatcher>();
        var site = new Uri(app.Urls.First());
        var inspector = await dispatcher.Send(new FindAccount("inspector"));
        if (inspector.Refusal is not null) return;
        var window = (await dispatcher.Send(new ListWindows(inspector.Value))).Value.First(w => w.Token is not null);

        // Addresses are to be copied: never broken over two lines, whatever the terminal's width.
        console.Profile.Width = Math.Max(console.Profile.Width, 160);
        var table = new Table().Border(TableBorder.Rounded).AddColumns(new TableColumn("Try 试一试").NoWrap(), new TableColumn("Where 地址").NoWrap());
        table.AddRow("Page behind a window's code 窗口评价页", Markup.Escape(new Uri(site, $"/w/{window.Token}").ToString()));
        table.AddRow("Its QR poster (sign in first) 窗口海报", Markup.Escape(new Uri(site, $"/windows/{window.Code}/poster").ToString()));
        table.AddRow("Follow a complaint 查询投诉", Markup.Escape(new Uri(site, "/track").ToString()));
        table.AddRow("Console 工作台", Markup.Escape(new Uri(site, "/console").ToString()));
        console.Write(table);
        var signIns = new Table().Border(TableBorder.Rounded).AddColumns(new TableColumn("Sign in 账号").NoWrap(), new TableColumn("Password 密码").NoWrap(), new TableColumn("Code 验证码").NoWrap(), new TableColumn("Role 岗位").NoWrap());
        foreach (var person in HallScript.Read().Staff) signIns.AddRow(person.Login, DemoHall.Password, SignInCode.IsRequired(person.Role) ? $"-- code {person.Login}" : "", $"{person.Role.Name().En} {person.Role.Name().Zh}");
        console.Write(signIns);
        console.WriteLine("A code is good for 30 seconds 验证码 30 秒内有效: dotnet run --project Feedback.Api -- code inspector");
    }
}
