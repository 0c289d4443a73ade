using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Features.Ratings;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Ratings;

/// <summary>A bad rating and its loop: what the citizen said, where it stands, what this person can do now.</summary>
public partial class BadRatingPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required string Number { get; set; }

    [Parameter, EditorRequired]
    public required ShowBadRating.View Rating { get; set; }

    /// <summary>Why the form that was just sent was refused.</summary>
    [Parameter]
    public Refusal? Refusal { get; set; }

    /// <summary>What was typed into that form; nothing that was left blank.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, string>? Sent { get; set; }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Place.Cases.Address + "/{number}/rating").RequireAuthorization(Access.Cases);
        page.MapGet("", (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) => Show(number, user, dispatcher, null, null, ct));
        page.MapPost("", async Task<IResult> (string number, IFormCollection posted, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
        {
            var sent = posted.Keys.Where(k => posted.Text(k) is not null).ToDictionary(k => k, k => posted.Text(k)!);
            return await Send(user.Actor(), number, sent, dispatcher, ct) is { } refusal
                ? await Show(number, user, dispatcher, refusal, sent, ct)
                : new SeeOther($"{Place.Cases.Address}/{Uri.EscapeDataString(number)}/rating");
        });
    }

    private static async Task<IResult> Show(string number, ClaimsPrincipal user, Dispatcher dispatcher, Refusal? refusal, IReadOnlyDictionary<string, string>? sent, CancellationToken ct)
    {
        var found = await dispatcher.Send(new ShowBadRating(user.Actor(), number), ct);
        return found.Match<IResult>(
            view => new RazorComponentResult<BadRatingPage>(new { Number = number, Rating = view, Refusal = refusal, Sent = sent }) { StatusCode = refusal is null ? StatusCodes.Status200OK : Problems.Status(refusal.Kind) },
            unknown => RefusedInside.Page(unknown));
    }

    private static async Task<Refusal?> Send(Actor actor, string number, Dictionary<string, string> sent, Dispatcher dispatcher, CancellationToken ct)
    {
        var note = sent.GetValueOrDefault("note");
        return Web.Typed.Choice<BadRatingCommand>(sent.GetValueOrDefault("command")) switch
        {
            BadRatingCommand.Verify => (await dispatcher.Send(new VerifyBadRating(actor, number, Web.Typed.Choice<BadRatingOutcome>(sent.GetValueOrDefault("outcome")), note, sent.ContainsKey("complex"), Checks(sent)), ct)).Refusal,
            BadRatingCommand.SetRight => (await dispatcher.Send(new SetBadRatingRight(actor, number, note), ct)).Refusal,
            BadRatingCommand.CallBack => (await dispatcher.Send(new CallBack(actor, number, Web.Typed.Choice<CallBackResult>(sent.GetValueOrDefault("result")), note), ct)).Refusal,
            BadRatingCommand.Appeal => (await dispatcher.Send(new AppealBadRating(actor, number, Web.Typed.Choice<AppealGround>(sent.GetValueOrDefault("ground")), note), ct)).Refusal,
            BadRatingCommand.DecideAppeal => (await dispatcher.Send(new DecideRatingAppeal(actor, number, bool.TryParse(sent.GetValueOrDefault("upheld"), out var upheld) ? upheld : null, note), ct)).Refusal,
            _ => WebRefusals.CommandUnknown,
        };
    }

    private static Dictionary<Signal, bool> Checks(Dictionary<string, string> sent) => Enum.GetValues<Signal>()
        .Where(s => bool.TryParse(sent.GetValueOrDefault(s.ToString()), out _))
        .ToDictionary(s => s, s => bool.Parse(sent[s.ToString()]));

    private static string Title(BadRatingCommand command) => command switch
    {
        BadRatingCommand.Verify => L("提交核实结果", "Say what was found"),
        BadRatingCommand.SetRight => L("整改完成", "It is set right"),
        BadRatingCommand.CallBack => L("登记回访", "Record the call back"),
        BadRatingCommand.Appeal => L("对评价申诉", "Appeal against the rating"),
        _ => L("决定申诉", "Decide the appeal"),
    };

    private static (string Field, string Label, IEnumerable<(string Value, string Words)> Choices)? Choices(BadRatingCommand command) => command switch
    {
        BadRatingCommand.Verify => ("outcome", L("核实结果", "Outcome"), Enum.GetValues<BadRatingOutcome>().Select(o => (o.ToString(), o.Name().ToString()))),
        BadRatingCommand.CallBack => ("result", L("回访结果", "How the citizen answered"), Enum.GetValues<CallBackResult>().Select(r => (r.ToString(), r.Name().ToString()))),
        BadRatingCommand.Appeal => ("ground", L("申诉理由", "Ground"), Enum.GetValues<AppealGround>().Select(g => (g.ToString(), g.Name().ToString()))),
        BadRatingCommand.DecideAppeal => ("upheld", L("决定", "Decision"), [("true", L("支持申诉", "Uphold")), ("false", L("不支持", "Refuse"))]),
        _ => null,
    };

    private string Consequence(BadRatingCommand command) => command switch
    {
        BadRatingCommand.Verify when Rating.HasContact => L("选“限期整改”进入整改计时;其他结果直接转单位以外的人回访。", "“To be set right within a limit” starts that clock; anything else goes to somebody outside the unit for the call back."),
        BadRatingCommand.Verify => L("选“限期整改”进入整改计时;其他结果到此结束,市民没有留联系方式,不回访。", "“To be set right within a limit” starts that clock; anything else ends here, for the citizen left no contact to call back."),
        BadRatingCommand.SetRight when Rating.HasContact => L("提交后转单位以外的人回访。", "Somebody outside the unit calls back next."),
        BadRatingCommand.SetRight => L("提交后结束,市民没有留联系方式,不回访。", "This ends it; the citizen left no contact to call back."),
        BadRatingCommand.CallBack => L("登记后差评闭环,不能再改。", "This ends the loop and cannot be changed afterwards."),
        BadRatingCommand.Appeal => L($"{Dates.Sentence(Rating.AppealBy).Zh}前可以申诉一次,由单位以外的人决定。申诉期间照常核实整改。", $"Possible once, until {Dates.Sentence(Rating.AppealBy).En}; somebody outside the unit decides. Verifying and setting right go on meanwhile."),
        _ => L("支持:评价原样保留,从决定当月起不计入指标。不支持:照常核实整改。", "Upheld, the rating stays as it is and is taken out of the indicators in the month of the decision. Refused, the loop goes on."),
    };

    private static string Decision(BadRatings.UnitAppeal appeal) => appeal.Upheld switch
    {
        null => L($"应在 {Dates.Sentence(appeal.DecideBy).Zh}前决定", $"to be decided by {Dates.Sentence(appeal.DecideBy).En}"),
        true => L("成立", "upheld"),
        false => L("不成立", "refused"),
    };

    private string? Typed(BadRatingCommand command, string field) => Sent?.GetValueOrDefault("command") == command.ToString() ? Sent.GetValueOrDefault(field) : null;
}
