using System.Security.Claims;
using Feedback.Domain;
using Feedback.Features.Outbox;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Outbox;

/// <summary>What is sent, for who runs the system: how much waits, what was given up and why, and the webhooks.</summary>
public partial class OutboxPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ListOutbox.Page Outbox { get; set; }

    /// <summary>Whose messages are shown.</summary>
    [Parameter]
    public OutboxState State { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ListWebhooks.Item> Webhooks { get; set; }

    /// <summary>The webhook just made, whose secret is shown this once.</summary>
    [Parameter]
    public CreateWebhook.Created? Created { get; set; }

    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>What was typed, after a refusal.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>Likewise.</summary>
    [Parameter]
    public string? Url { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var outbox = routes.MapGroup(Place.Outbox.Address).RequireAuthorization(Access.Outbox);
        outbox.MapGet("", async Task<IResult> (Dispatcher dispatcher, CancellationToken ct, OutboxState state = OutboxState.Dead, string? cursor = null) =>
        {
            var page = await dispatcher.Send(new ListOutbox(state, cursor), ct);
            return page.Refusal is { } refusal ? RefusedInside.Page(refusal) : new RazorComponentResult<OutboxPage>(new { Outbox = page.Value, State = state, Webhooks = await All(dispatcher, ct) });
        });

        outbox.MapPost("/webhooks", async Task<IResult> ([FromForm] string? label, [FromForm] string? url, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var created = await dispatcher.Send(new CreateWebhook(user.Actor(), url, label), ct);

            // The secret is in this page and nowhere else; like every page with a form, no browser keeps it.
            return created.Refusal is { } refusal ? await Show(dispatcher, refusal, ct, label: label, url: url) : await Show(dispatcher, null, ct, created.Value);
        });

        // The forms below are bound for their token alone.
        outbox.MapPost("/webhooks/{id:guid}/test", async Task<IResult> (Guid id, IFormCollection _, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new TestWebhook(id), ct)).Refusal is { } refusal ? await Show(dispatcher, refusal, ct) : new SeeOther(At(OutboxState.Waiting)));

        outbox.MapPost("/webhooks/{id:guid}/disable", async Task<IResult> (Guid id, IFormCollection _, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new DisableWebhook(id), ct)).Refusal is { } refusal ? await Show(dispatcher, refusal, ct) : new SeeOther($"{Place.Outbox.Address}#webhooks"));

        outbox.MapPost("/messages/{id:guid}/replay", async Task<IResult> (Guid id, IFormCollection _, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new ReplayMessage(id), ct)).Refusal is { } refusal ? await Show(dispatcher, refusal, ct) : new SeeOther(At(OutboxState.Waiting)));
    }

    private static async Task<IResult> Show(Dispatcher dispatcher, Refusal? refusal, CancellationToken ct, CreateWebhook.Created? created = null, string? label = null, string? url = null)
    {
        var page = await dispatcher.Send(new ListOutbox(OutboxState.Dead), ct);
        return new RazorComponentResult<OutboxPage>(new { Outbox = page.Value, State = OutboxState.Dead, Webhooks = await All(dispatcher, ct), Refusal = refusal, Created = created, Label = label, Url = url })
        {
            StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind),
        };
    }

    private static async Task<IReadOnlyList<ListWebhooks.Item>> All(Dispatcher dispatcher, CancellationToken ct) => (await dispatcher.Send(new ListWebhooks(), ct)).Value;

    private static string At(OutboxState state) => $"{Place.Outbox.Address}?state={state}";

    private static string Name(OutboxState state) => state switch
    {
        OutboxState.Waiting => L("待发送", "Waiting"),
        OutboxState.Sent => L("已发送", "Sent"),
        OutboxState.Dead => L("发送失败", "Given up"),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>A sentence for the code that an error begins with.</summary>
    private static string Why(string? error) => error?.Split(':')[0].Split('_') switch
    {
        null => L("还没有发送过", "Not tried yet"),
        ["timeout"] => L("对方没有应答", "No answer came"),
        ["unreachable"] => L("连接不上", "It could not be reached"),
        ["http", "410"] => L("对方不再接收,Webhook 已停用", "The receiver wants no more; the webhook was disabled"),
        ["http", var status] => L($"对方返回 {status}", $"The receiver answered {status}"),
        ["smtp", var status] => L($"邮件服务器返回 {status}", $"The mail server answered {status}"),
        [OutboxErrors.Expired] => L("七天内没有邮件服务器", "There was no mail server for seven days"),
        ["webhook", "disabled"] => L("Webhook 已停用", "The webhook was disabled"),
        _ => L("系统出错,详见日志", "Something went wrong; the log says more"),
    };
}
