using System.Globalization;
using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Staff;

/// <summary>What can be done to one's own account; each is a form of the page.</summary>
public enum AccountCommand
{
    EndSession,
    EndOtherSessions,
    ChangePassword,
    RemoveSecondFactor,
    IssueToken,
    WithdrawToken,
}

/// <summary>One's own account: post, sign-ins, password, second factor, API tokens.</summary>
public partial class AccountPage : IEndpoint
{
    internal const string SecondFactorAddress = "/console/account/second-factor";

    [Parameter, EditorRequired]
    public required ShowAccount.Account Account { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ListSessions.Item> Sessions { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ListApiTokens.Item> Tokens { get; set; }

    /// <summary>What a token of this role can be limited to.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Scopes { get; set; }

    /// <summary>What was just done.</summary>
    [Parameter]
    public AccountCommand? Done { get; set; }

    /// <summary>The form that was just sent and refused.</summary>
    [Parameter]
    public AccountCommand? Sent { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>The token just issued, which is shown this once.</summary>
    [Parameter]
    public IssueApiToken.Issued? Issued { get; set; }

    /// <summary>What was typed for a token, after a refusal.</summary>
    [Parameter]
    public TokenForm? Asked { get; set; }

    private string? DoneWords => Done switch
    {
        AccountCommand.EndSession => L("已结束那个登录。", "That sign-in was ended."),
        AccountCommand.EndOtherSessions => L("已结束其他所有登录。", "All other sign-ins were ended."),
        AccountCommand.ChangePassword => L("密码已修改,其他登录都已结束。", "The password was changed; all other sign-ins were ended."),
        AccountCommand.RemoveSecondFactor => L("两步验证已停用。", "The second step is off."),
        AccountCommand.WithdrawToken => L("令牌已撤销。", "The token was withdrawn."),
        _ => null,
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup(Place.Account.Address).RequireAuthorization(Place.Account.Policy);
        account.MapGet("", async Task<IResult> (HttpContext context, IAuthorizationService authorization, Dispatcher dispatcher, AccountCommand? done = null) =>
            await Show(context, authorization, dispatcher, new() { [nameof(Done)] = done }, null));

        account.MapPost("", async Task<IResult> (IFormCollection form, HttpContext context, IAuthorizationService authorization, Dispatcher dispatcher) =>
        {
            var (actor, session, ct) = (context.User.Actor(), context.User.Session()!, context.RequestAborted);
            var (command, id) = (Typed.Choice<AccountCommand>(form.Text("command")), form.Text("id") ?? "");
            if (command == AccountCommand.IssueToken) return await Issue(TokenForm.Read(form), actor, context, authorization, dispatcher);
            var refusal = command switch
            {
                AccountCommand.EndSession => (await dispatcher.Send(new EndSession(actor.Login, id), ct)).Refusal,
                AccountCommand.EndOtherSessions => (await dispatcher.Send(new EndOwnSessions(actor.Login, session, Others: true), ct)).Refusal,
                AccountCommand.ChangePassword => await Change(form, actor, session, dispatcher, ct),
                AccountCommand.RemoveSecondFactor => (await dispatcher.Send(new RemoveSecondFactor(actor, form.Code("code")), ct)).Refusal,
                AccountCommand.WithdrawToken => (await dispatcher.Send(new RevokeApiToken(actor, actor.Login, id), ct)).Refusal,
                _ => WebRefusals.CommandUnknown,
            };
            return refusal is null
                ? new SeeOther($"{Place.Account.Address}?done={command}")
                : await Show(context, authorization, dispatcher, new() { [nameof(Sent)] = command, [nameof(Refusal)] = refusal }, refusal);
        });

        account.MapGet("/second-factor", async Task<IResult> (ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => await Propose(user.Actor(), null, dispatcher, ct));

        account.MapPost("/second-factor", async Task<IResult> (
            [FromForm] string? code, [FromForm] string? current, [FromForm] string? proposal, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var enrolled = await dispatcher.Send(new EnrolSecondFactor(user.Actor().Login, proposal, Typed.HalfWidth(code), Typed.HalfWidth(current)), ct);
            return enrolled.Refusal is { } refusal
                ? await Propose(user.Actor(), refusal, dispatcher, ct)
                : new RazorComponentResult<CodePage>(new { enrolled.Value.RecoveryCodes, Next = Place.Account.Address });
        });
    }

    private static async Task<Refusal?> Change(IFormCollection form, Actor actor, string session, Dispatcher dispatcher, CancellationToken ct)
    {
        // As typed: a password may begin with a blank.
        var (current, wanted) = (form["currentPassword"].ToString(), form["newPassword"].ToString());
        if (form["repeated"].ToString() != wanted) return WebRefusals.PasswordsDiffer;
        var check = await dispatcher.Send(new CheckPasswordChange(actor.Login, current, wanted), ct);
        return check.Refusal ?? (await dispatcher.Send(new ChangePassword(check.Value, session), ct)).Refusal;
    }

    private static async Task<IResult> Issue(TokenForm form, Actor actor, HttpContext context, IAuthorizationService authorization, Dispatcher dispatcher)
    {
        var issued = await dispatcher.Send(new IssueApiToken(actor, form.Label, Typed.Number(form.Days) ?? 0, form.Scopes), context.RequestAborted);
        return issued.Refusal is { } refusal
            ? await Show(context, authorization, dispatcher, new() { [nameof(Sent)] = AccountCommand.IssueToken, [nameof(Refusal)] = refusal, [nameof(Asked)] = form }, refusal)
            : await Show(context, authorization, dispatcher, new() { [nameof(Issued)] = issued.Value }, null);
    }

    private static async Task<IResult> Propose(Actor actor, Refusal? refusal, Dispatcher dispatcher, CancellationToken ct)
    {
        var account = (await dispatcher.Send(new ShowAccount(actor), ct)).Value;
        var proposed = (await dispatcher.Send(new ProposeSecondFactor(actor.Login, Anew: true), ct)).Value;
        return new RazorComponentResult<CodePage>(new { Proposed = proposed, Refusal = refusal, IsChange = account.SecondFactorSince is not null, Back = Place.Account.Address })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
        };
    }

    private static async Task<IResult> Show(HttpContext context, IAuthorizationService authorization, Dispatcher dispatcher, Dictionary<string, object?> parameters, Refusal? refusal)
    {
        var (user, ct) = (context.User, context.RequestAborted);
        var scopes = new List<string>();
        foreach (var scope in TokenScopes.All)
        {
            // A scope bears its policy's name.
            if ((await authorization.AuthorizeAsync(user, scope)).Succeeded) scopes.Add(scope);
        }

        parameters[nameof(Account)] = (await dispatcher.Send(new ShowAccount(user.Actor()), ct)).Value;
        parameters[nameof(Sessions)] = (await dispatcher.Send(new ListSessions(user.Actor().Login, user.Session()), ct)).Value;
        parameters[nameof(Tokens)] = (await dispatcher.Send(new ListApiTokens(user.Actor().Login), ct)).Value;
        parameters[nameof(Scopes)] = scopes;
        return new RazorComponentResult<AccountPage>(parameters) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) };
    }

    private Refusal? Of(AccountCommand command) => Sent == command ? Refusal : null;

    private string? Error(string field) => Refusal?.Errors.FirstOrDefault(e => e.Field == field)?.Message.ToString();

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string ScopeName(string scope) => scope switch
    {
        Access.Staff => L("公共内容(窗口、日历、在岗)", "What all staff see (windows, calendar, duty)"),
        Access.Cases => L("办件", "Cases"),
        Access.Register => L("登记", "Register"),
        Access.Statistics => L("统计", "Statistics"),
        Access.Windows => L("窗口二维码", "Windows' codes"),
        Access.Audit => L("审计", "Audit"),
        Access.Calendar => L("大厅日历", "Hall's calendar"),
        Access.Rules => L("规则", "Rules"),
        Access.Outbox => L("发件箱", "Outbox"),
        Access.Inspection => L("监察", "Inspection"),
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };

    /// <summary>A token as it was asked for.</summary>
    public sealed record TokenForm(string? Label, string? Days, IReadOnlyList<string> Scopes)
    {
        internal static TokenForm Read(IFormCollection form) => new(form.Text("label"), form.Code("days"), [.. form["scopes"].OfType<string>()]);
    }
}
