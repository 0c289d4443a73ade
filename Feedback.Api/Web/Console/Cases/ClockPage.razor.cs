using System.Globalization;
using System.Security.Claims;
using Feedback.Domain;
using Feedback.Domain.Clocks;
using Feedback.Domain.Time;
using Feedback.Features.Cases;
using Feedback.Http;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using static Feedback.Web.Language;
using Dispatcher = Feedback.Pipeline.Dispatcher;

namespace Feedback.Web.Console.Cases;

/// <summary>Why each clock of a case is due when it is, day by day.</summary>
public partial class ClockPage : IEndpoint
{
    [Parameter, EditorRequired]
    public required ExplainClock.View Explained { get; set; }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(Place.Cases.Address + "/{number}/clock", async Task<IResult> (string number, ClaimsPrincipal user, Dispatcher dispatcher, CancellationToken ct) =>
            (await dispatcher.Send(new ExplainClock(user.Actor(), number), ct)).Match<IResult>(
                view => new RazorComponentResult<ClockPage>(new { Explained = view }), unknown => RefusedInside.Page(unknown))).RequireAuthorization(Access.Cases);

    private static string Result(ExplainClock.Explained clock)
    {
        var due = Dates.Sentence(clock.DueAt);
        return clock.Running ? L($"期限为 {due.Zh}。", $"Due {due.En}.") : L($"期限为 {due.Zh},计时已结束。", $"Due {due.En}; this clock no longer runs.");
    }

    private static string Beginning(ClockExplanation cycle)
    {
        var (at, from) = (Dates.Sentence(cycle.StartedAt), Dates.Sentence(cycle.CountsFrom));
        return cycle.Began switch
        {
            CycleStart.Started when cycle.CountsFrom != cycle.StartedAt => L($"{at.Zh}开始,不在开放时间内,从 {from.Zh}起算", $"Began {at.En}, outside opening hours; counted from {from.En}"),
            CycleStart.Started => L($"{at.Zh}开始", $"Began {at.En}"),
            CycleStart.Resumed => L($"{at.Zh}恢复计时,剩下的开放时间接着走", $"Resumed {at.En}; what was left of the opening time runs on"),
            CycleStart.Extended => L($"经批准延期 {cycle.ExtendedBy!.Value.InWords().Zh},从原期限 {at.Zh}起算", $"Extended by {cycle.ExtendedBy!.Value.InWords().En}, counted from the earlier due instant {at.En}"),
            _ => L($"工作日历有变,重新计算(自 {at.Zh})", $"The calendar changed; counted again from {at.En}"),
        };
    }

    private static string Ending(ClockExplanation cycle) => cycle.StoppedAt is { } at
        ? L($"期限为 {Dates.Sentence(cycle.DueAt).Zh};这一段止于 {Dates.Sentence(at).Zh}。", $"Due {Dates.Sentence(cycle.DueAt).En}; this part ended {Dates.Sentence(at).En}.")
        : L($"期限为 {Dates.Sentence(cycle.DueAt).Zh}。", $"Due {Dates.Sentence(cycle.DueAt).En}.");

    private static string Date(DateOnly day) => L(day.ToString("yyyy-MM-dd ddd", CultureInfo.GetCultureInfo("zh-CN")), day.ToString("yyyy-MM-dd ddd", CultureInfo.GetCultureInfo("en-GB")));

    private static string Kind(ClockExplanation.CountedDay day) => day.Reason is { } reason ? L($"{day.Kind.Name().Zh}:{reason}", $"{day.Kind.Name().En}: {reason}") : day.Kind.Name().ToString();

    private static string Count(ClockExplanation.CountedDay day) => day switch
    {
        { Number: { } number } => L($"第 {number} 天", $"day {number}"),
        { OpenMinutes: > 0 and var minutes } => Lengths.Working(minutes).ToString(),
        { OpenMinutes: null, Kind: DayKind.WorkingDay or DayKind.MakeUpDay or DayKind.HallOpen } => L("当天不计", "not counted"),
        _ => "—",
    };
}
