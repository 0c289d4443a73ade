using System.Text;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Ratings;
using Feedback.Domain.Staff;
using Feedback.Features.Cases;
using Feedback.Features.Escalation;
using Feedback.Features.Inquiries;
using Feedback.Features.Ratings;
using Feedback.Features.Staff;
using Feedback.Pipeline;
using MediatR;
using Spectre.Console;

namespace Feedback.Demo;

/// <summary>
/// The demonstration hall of a first start in Development (db/demo/hall.json). Two months are lived through with the product's own
/// commands on a clock that is set by hand, so that its history, counts and escalations are what use would have made them.
/// </summary>
internal static class DemoHall
{
    internal const string Password = "feedback-demo";

    /// <summary>Of the second factor of those who need one; known to everybody, like the password.</summary>
    internal static readonly byte[] Secret = Encoding.ASCII.GetBytes("feedback-demo-secret");

    private const int WorkingDaysOfRatings = 42;

    /// <summary>Returns false, and does nothing, when the database holds a hall already.</summary>
    public static async Task<bool> Seed(IServiceProvider running, IConfiguration configuration, IHostEnvironment environment, IAnsiConsole console)
    {
        if ((await running.GetRequiredService<Dispatcher>().Send(new HasHall())).Value) return false;

        var clock = new HandClock(running.GetRequiredService<TimeProvider>().GetUtcNow());
        var services = new ServiceCollection();
        services.AddSingleton(configuration);
        services.AddLogging();
        services.AddFeedback(configuration, environment);
        services.AddSingleton<TimeProvider>(clock);
        await using var provider = services.BuildServiceProvider();
        var dispatcher = provider.GetRequiredService<Dispatcher>();

        var script = HallScript.Read();
        var plan = new List<(DateTimeOffset At, Func<Task> Do)>();
        var windows = (await dispatcher.Send(new BuildHall(script))).Value;
        foreach (var person in script.Staff)
        {
            await Must(dispatcher, new CreateStaff(person.Login, person.Name, person.Role, HallOf(script, person.Role), person.Department, person.Window, Password, person.Phone));
            if (SignInCode.IsRequired(person.Role)) await Must(dispatcher, new EnrolDemo(person.Login));
        }

        var calendar = windows.Calendar;
        var now = clock.GetUtcNow();
        DateOnly Day(int workingDaysAgo) => calendar.AddWorkingDays(calendar.AddWorkingDays(calendar.LocalDay(now), 1), -1 - workingDaysAgo);
        var random = new Random(20261122);
        DateTimeOffset Moment(DateOnly day) => calendar.AddOpen(calendar.At(day, calendar.Hours.Opens), TimeSpan.FromMinutes(random.Next(1, (int)calendar.Hours.WholeDay.TotalMinutes - 1)));

        for (var ago = WorkingDaysOfRatings; ago >= 0; ago--)
        {
            foreach (var window in script.Windows)
            {
                var head = ActorOf(script, script.Staff.First(s => s.Role == Role.UnitHead && s.Department == window.Department));
                for (var n = random.Next(1, 3); n > 0; n--)
                {
                    var rating = Rating(random, windows.Tokens[window.Code], script.Items.Where(i => i.Department == window.Department).Select(i => i.Code).ToList(), windows.Tags);
                    var rated = Moment(Day(ago));
                    plan.Add((rated, () => Must(dispatcher, rating)));
                    if (((Grade)rating.Grade).IsBad()) plan.Add((Later(rated, 0, 180), () => Verify(dispatcher, head)));
                }
            }
        }

        foreach (var complaint in script.Complaints)
        {
            var filed = Moment(Day(complaint.Filed));
            var number = "";
            var owner = Owner(script, complaint);
            plan.Add((filed, async () => number = (await Must(dispatcher, complaint.Command(windows.Tokens))).CaseNumber));
            if (complaint.Accepted is { } accepted) plan.Add((Later(filed, accepted, 40), () => Must(dispatcher, new AcceptCase(owner, number))));
            if (complaint.Answered is { } answered) plan.Add((Later(filed, answered, 80), () => Must(dispatcher, new AnswerCase(owner, number, "已核实情况,向您致歉。窗口已当面说明全部所需材料,并安排专人办理。"))));
        }

        foreach (var contact in script.FirstContacts)
        {
            var (filed, actor) = (Moment(Day(contact.Filed)), ActorOf(script, script.Staff.Single(s => s.Login == contact.Login)));
            var (number, code, notice) = ("", "", "");
            plan.Add((filed, async () => (number, code, _, _, _) = await Must(dispatcher, contact.Command(actor))));
            if (contact.Accepted is { } accepted) plan.Add((Later(filed, accepted, 20), () => Must(dispatcher, new AcceptCase(actor, number))));
            if (contact.Answered is { } answered) plan.Add((Later(filed, answered, 60), () => Must(dispatcher, new AnswerCase(actor, number, "可以转。请凭身份证在线上或任一社保窗口申请转移,45 天内转到。"))));
            if (contact.Told is not { } told) continue;
            plan.Add((Later(filed, told, 10), async () => notice = (await Must(dispatcher, new IssueNotice(actor, number, contact.Missing))).Number));
            if (contact.Acknowledged) plan.Add((Later(filed, told, 15), () => Must(dispatcher, new Acknowledge(null, notice, code, null))));
        }

        DateTimeOffset Later(DateTimeOffset filed, int workingDays, int minutes) => calendar.AddOpen(filed, (calendar.Hours.WholeDay * workingDays) + TimeSpan.FromMinutes(minutes));

        await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var happenings = plan.Where(p => p.At <= now).OrderBy(p => p.At).ToList();
                var bar = context.AddTask("Living through two months of the demonstration hall", maxValue: happenings.Count);
                foreach (var (at, act) in happenings)
                {
                    await LiveUntil(clock, dispatcher, at);
                    await act();
                    bar.Increment(1);
                }

                await LiveUntil(clock, dispatcher, now);

                // Filed in the past and left alone: the schedule finds it overdue at its first breath.
                clock.Set(Moment(Day(script.OverdueNow.Filed)));
                await Must(dispatcher, script.OverdueNow.Command(windows.Tokens));
            });
        return true;
    }

    private static RateService Rating(Random random, string window, IReadOnlyList<string> items, TagCatalogue tags)
    {
        // Most people are content; about one in nine is not.
        var grade = random.Next(100) switch { < 46 => 5, < 74 => 4, < 89 => 3, < 96 => 2, _ => 1 };
        var offered = tags.Of((Grade)grade).ToList();
        var chosen = random.Next(3) == 0 ? [] : random.GetItems(offered.ToArray(), random.Next(1, 3)).Select(t => t.Code).Distinct().ToList();
        return new RateService(window, grade, chosen, Item: random.Next(4) == 0 ? null : items[random.Next(items.Count)], Visits: random.Next(3) == 0 ? random.Next(1, 4) : null);
    }

    /// <summary>The unit's head verifies every bad rating that waits; nobody left a contact, so that nobody is called back.</summary>
    private static async Task Verify(Dispatcher dispatcher, Actor head)
    {
        foreach (var found in (await Must(dispatcher, new ListCases(head, State: CaseState.Accepted, Size: 200))).Items.Where(c => c.About == Prohibition.BadRating))
        {
            var checks = (await Must(dispatcher, new ShowBadRating(head, found.CaseNumber))).Checks.ToDictionary(c => c.Signal, _ => true);
            await Must(dispatcher, new VerifyBadRating(head, found.CaseNumber, BadRatingOutcome.FixedAtOnce, "已核实,窗口当场改正,并向全体窗口人员说明。", Checks: checks));
        }
    }

    private static Actor Owner(HallScript script, HallScript.Complaint complaint)
    {
        var department = script.Windows.Single(w => w.Code == complaint.Window).Department;
        var role = Routing.ResponsibleRole(Routing.LaneOf(complaint.About, complaint.Receiver, Against.Window));
        var person = script.Staff.First(s => s.Role == role && (s.Department is null || s.Department == department));
        return ActorOf(script, person);
    }

    private static Actor ActorOf(HallScript script, HallScript.Person person) =>
        new(person.Login, person.Name, person.Role, HallOf(script, person.Role), person.Department, person.Window);

    private static string? HallOf(HallScript script, Role role) => role is Role.Inspector or Role.Auditor or Role.Admin ? null : script.Hall.Code;

    private static async Task LiveUntil(HandClock clock, Dispatcher dispatcher, DateTimeOffset instant)
    {
        while (true)
        {
            var next = (await dispatcher.Send(new FireDueTimers())).Value.NextDueAt;
            if (next is null || next > instant) break;
            clock.Set(next.Value);
        }

        clock.Set(instant);
        await dispatcher.Send(new FireDueTimers());
    }

    private static async Task<T> Must<T>(Dispatcher dispatcher, IRequest<Outcome<T>> message)
    {
        var outcome = await dispatcher.Send(message);
        return outcome.Refusal is { } refusal ? throw new InvalidOperationException($"The demonstration was refused: {message} {refusal}") : outcome.Value;
    }

    /// <summary>A clock that stands until it is set.</summary>
    private sealed class HandClock(DateTimeOffset now) : TimeProvider
    {
        private DateTimeOffset _now = now;

        public void Set(DateTimeOffset now) => _now = now;

        public override DateTimeOffset GetUtcNow() => _now.ToUniversalTime();
    }
}
