using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Http;
using Feedback.Pipeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Staff;

/// <summary>What the administrator does to accounts; each is a form of the page.</summary>
public enum StaffCommand
{
    Add,
    Close,
    Open,
    Unlock,
    ResetSecondFactor,
    GivePassword,
    EndSessions,
}

/// <summary>Everybody's accounts, for the administrator.</summary>
public partial class StaffPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListStaff.Page Staff { get; set; }

    [Parameter, EditorRequired]
    public required ListPosts.Posts Posts { get; set; }

    /// <summary>The reader's login: nothing is done to one's own account here.</summary>
    [Parameter, EditorRequired]
    public required string Own { get; set; }

    /// <summary>What is searched for.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>The first password just made, which is shown this once.</summary>
    [Parameter]
    public AddStaff.Added? Password { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>The new account as it was asked for and refused.</summary>
    [Parameter]
    public IFormCollection? Sent { get; set; }

    private static IEnumerable<(string Value, string Words)> Roles => Enum.GetValues<Role>().Select(r => (r.ToString(), r.Name().ToString()));

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup(Place.Staff.Address).RequireAuthorization(Place.Staff.Policy);
        staff.MapGet("", (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct, string? text = null, string? cursor = null) =>
            Show(new ListStaff(text, cursor), [], null, user, dispatcher, ct));

        // Each form is sent to the address that it stands at, so that the search and the page stay.
        staff.MapPost("", async Task<IResult> (
            IFormCollection form, [FromQuery] string? text, [FromQuery] string? cursor, HttpRequest request, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var (actor, login, list) = (user.Actor(), form.Text("login") ?? "", new ListStaff(text, cursor));
            var command = Typed.Choice<StaffCommand>(form.Text("command"));
            if (command == StaffCommand.Add)
            {
                var added = await dispatcher.Send(
                    new AddStaff(actor, form.Text("login"), form.Text("name"), Typed.Choice<Role>(form.Text("role")), form.Text("hall"), form.Text("unit"), form.Text("window"), form.Code("phone")), ct);
                return added.Refusal is { } wrong
                    ? await Show(list, new() { [nameof(Sent)] = form }, wrong, user, dispatcher, ct)
                    : await Show(list, new() { [nameof(Password)] = added.Value }, null, user, dispatcher, ct);
            }

            if (command == StaffCommand.GivePassword)
            {
                var given = await dispatcher.Send(new GivePassword(actor, login), ct);
                return given.Refusal is { } wrong
                    ? await Show(list, [], wrong, user, dispatcher, ct)
                    : await Show(list, new() { [nameof(Password)] = new AddStaff.Added(login, given.Value.Password) }, null, user, dispatcher, ct);
            }

            var refusal = command switch
            {
                StaffCommand.Close => (await dispatcher.Send(new SetStaffActive(actor, login, false), ct)).Refusal,
                StaffCommand.Open => (await dispatcher.Send(new SetStaffActive(actor, login, true), ct)).Refusal,
                StaffCommand.Unlock => (await dispatcher.Send(new UnlockStaff(actor, login), ct)).Refusal,
                StaffCommand.ResetSecondFactor => (await dispatcher.Send(new ResetSecondFactor(actor, login), ct)).Refusal,
                StaffCommand.EndSessions => (await dispatcher.Send(new EndStaffSessions(actor, login), ct)).Refusal,
                _ => WebRefusals.CommandUnknown,
            };
            return refusal is null ? new SeeOther($"{Place.Staff.Address}{request.QueryString}#account-{login}") : await Show(list, [], refusal, user, dispatcher, ct);
        });
    }

    private static async Task<IResult> Show(ListStaff list, Dictionary<string, object?> parameters, Refusal? refusal, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct)
    {
        var page = await dispatcher.Send(list, ct);
        if (page.Refusal is { } unlisted) return RefusedInside.Page(unlisted);
        parameters[nameof(Staff)] = page.Value;
        parameters[nameof(Posts)] = (await dispatcher.Send(new ListPosts(), ct)).Value;
        parameters[nameof(Own)] = user.Actor().Login;
        parameters[nameof(Text)] = TextRules.OrNull(list.Text);
        parameters[nameof(Refusal)] = refusal;
        return new RazorComponentResult<StaffPage>(parameters) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    private string Behind(string cursor)
    {
        var query = QueryString.Create("cursor", cursor);
        return Place.Staff.Address + (Text is null ? query : query.Add("text", Text));
    }

    private string? Value(string field) => Sent?.Text(field);

    private static IEnumerable<(string Value, string Words)> Options(IReadOnlyList<ListPosts.Post> posts) => posts.Select(p => (p.Code, $"{p.Name} ({p.Code})"));

    private static string Post(ListStaff.Item person) =>
        string.Join(" · ", new[] { person.Unit?.ToString() ?? person.Hall?.ToString() ?? L("全部大厅", "All halls"), person.Window }.OfType<string>());

    /// <summary>What can be done to an account as it stands, the least grave first.</summary>
    private static IEnumerable<Deed> Deeds(ListStaff.Item person)
    {
        var name = person.Name;
        if (!person.Active)
        {
            yield return new(StaffCommand.Open, L("重新开通", "Open again"), L($"{name} 可以用原来的密码再登录;关闭前的登录和 API 令牌不会恢复。", $"{name} can sign in again with the same password. Sign-ins and API tokens of before stay ended."));
            yield break;
        }

        if (person.LockedUntil is not null)
        {
            yield return new(StaffCommand.Unlock, L("解除锁定", "Unlock"), L($"{name} 可以马上再试密码。请先确认输错的是本人。", $"{name} can try again at once. Make sure first that the wrong attempts were theirs."));
        }

        if (person.Sessions > 0)
        {
            yield return new(StaffCommand.EndSessions, L("结束登录", "End sign-ins"), L($"{name} 在所有设备上的登录立即结束,须重新登录。", $"All sign-ins of {name} end at once; signing in again is possible."));
        }

        yield return new(StaffCommand.GivePassword, L("重发初始密码", "Give a new password"), L($"{name} 原来的密码立即失效,登录都会结束;新的初始密码只显示一次。", $"The password of {name} stops working at once and all sign-ins end. The new first password is shown once."));
        if (person.SecondFactor)
        {
            yield return new(StaffCommand.ResetSecondFactor, L("重置两步验证", "Reset the second step"), L($"{name} 的验证器和恢复码立即失效,登录都会结束;需要两步验证的岗位在下次登录时重新启用。", $"The authenticator and recovery codes of {name} stop working and all sign-ins end. A role that needs a second step sets it up anew at the next sign-in."));
        }

        yield return new(StaffCommand.Close, L("关闭账号", "Close the account"), L($"{name} 立即不能再登录,登录和 API 令牌全部失效;经办记录保留。", $"{name} cannot sign in any more; sign-ins and API tokens end at once. What they did stays on record."));
    }

    private sealed record Deed(StaffCommand Command, string Words, string Consequence);
}
