using System.Globalization;
using System.Text.RegularExpressions;
using Feedback.Demo;
using Feedback.Tests.Harness;
using Feedback.Tests.Web.Console;

namespace Feedback.Tests.Features.Staff;

/// <summary>Signing in by form: the lock, the second factor, the sessions.</summary>
internal sealed partial class SignInTests(Engine engine) : SliceTest(engine)
{
    private const string Form = "/console/sign-in";

    [Test]
    public async Task Five_wrong_passwords_lock_the_account_and_the_right_one_then_looks_wrong_too()
    {
        using var visitor = await AtForm();
        var wrong = await Wrong(visitor, 5);
        var right = await visitor.Post(Form, ("login", "supervisor"), ("password", DemoHall.Password));
        Assert.That((right.Status, WithoutToken(right.Text)), Is.EqualTo((403, WithoutToken(wrong.Text))));

        App.Clock.Now += TimeSpan.FromMinutes(14);
        Assert.That((await visitor.Post(Form, ("login", "supervisor"), ("password", DemoHall.Password))).Status, Is.EqualTo(403));
        App.Clock.Now += TimeSpan.FromMinutes(2);
        Assert.That((await visitor.Post(Form, ("login", "supervisor"), ("password", DemoHall.Password))).Location, Is.EqualTo("/console"));
    }

    [Test]
    public async Task A_success_before_the_fifth_begins_the_count_anew()
    {
        using var visitor = await AtForm();
        for (var round = 0; round < 2; round++)
        {
            await Wrong(visitor, 4);
            Assert.That((await visitor.Post(Form, ("login", "supervisor"), ("password", DemoHall.Password))).Status, Is.EqualTo(303));
            await visitor.Get(Form);
        }
    }

    [Test]
    public async Task Twenty_wrong_ones_at_once_all_count()
    {
        using var visitor = await AtForm();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => visitor.Post(Form, ("login", "supervisor"), ("password", "wrong " + n.ToString(CultureInfo.InvariantCulture)))));
        Assert.That(answers.Select(a => a.Status), Is.All.EqualTo(403));
        Assert.That((await visitor.Post(Form, ("login", "supervisor"), ("password", DemoHall.Password))).Status, Is.EqualTo(403), "locked");
        Assert.That((await visitor.Post(Form, ("login", "leader"), ("password", DemoHall.Password))).Status, Is.EqualTo(303), "nobody else is");
    }

    [TestCase("inspector")]
    [TestCase("admin")]
    public async Task Inspector_and_administrator_need_a_code_and_see_nothing_before_it(string login)
    {
        using var visitor = await AtForm();
        var half = await visitor.Post(Form, ("login", login), ("password", DemoHall.Password));
        Assert.That((half.Status, half.Location), Is.EqualTo((303, "/console/sign-in/code?ReturnUrl=")));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(302));
        Assert.That((await visitor.GetJson("/api/v1/windows")).Status, Is.EqualTo(401));

        await visitor.Get(half.Location!);
        Assert.That((await visitor.Post(half.Location!, ("code", "000000"))).Status, Is.EqualTo(403));
        Assert.That((await visitor.Post(half.Location!, ("code", await App.CodeOf(login)))).Location, Is.EqualTo("/console"));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Half_a_sign_in_is_forgotten_after_five_minutes()
    {
        using var visitor = await AtForm();
        var half = await visitor.Post(Form, ("login", "inspector"), ("password", DemoHall.Password));
        await visitor.Get(half.Location!);
        App.Clock.Now += TimeSpan.FromMinutes(6);
        Assert.That((await visitor.Post(half.Location!, ("code", await App.CodeOf("inspector")))).Location, Is.EqualTo(Form));
    }

    [Test]
    public async Task A_code_is_good_once_however_many_come_with_it()
    {
        var halves = new List<(ConsoleClient ConsoleClient, string At)>();
        for (var n = 0; n < 4; n++)
        {
            var visitor = await AtForm();
            var half = await visitor.Post(Form, ("login", "inspector"), ("password", DemoHall.Password));
            await visitor.Get(half.Location!);
            halves.Add((visitor, half.Location!));
        }

        var code = await App.CodeOf("inspector");
        var answers = await Task.WhenAll(halves.Select(h => h.ConsoleClient.Post(h.At, ("code", code))));
        Assert.That(answers.Count(a => a.Location == "/console"), Is.EqualTo(1));
        Assert.That(answers.Count(a => a.Status == 403), Is.EqualTo(3));
        halves.ForEach(h => h.ConsoleClient.Dispose());
    }

    [Test]
    public async Task Wrong_codes_lock_like_wrong_passwords()
    {
        using var visitor = await AtForm();
        var half = await visitor.Post(Form, ("login", "inspector"), ("password", DemoHall.Password));
        await visitor.Get(half.Location!);
        for (var n = 0; n < 5; n++) Assert.That((await visitor.Post(half.Location!, ("code", "00000" + n.ToString(CultureInfo.InvariantCulture)))).Status, Is.EqualTo(403));
        Assert.That((await visitor.Post(half.Location!, ("code", await App.CodeOf("inspector")))).Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Who_needs_a_second_factor_and_has_none_enrols_at_the_first_sign_in_and_can_come_back_with_a_recovery_code()
    {
        await App.Sql<int>("delete from staff_second_factor where login = 'admin'");
        using var visitor = await AtForm();
        var half = await visitor.Post(Form, ("login", "admin"), ("password", DemoHall.Password));
        Assert.That(half.Location, Does.StartWith("/console/sign-in/second-factor"));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(302));

        var page = await visitor.Get(half.Location!);
        var (secret, proposal) = SecondStep.Scan(page.Text);
        var refused = await visitor.Post(half.Location!, ("code", "000000"), ("proposal", proposal));
        Assert.That(refused.Status, Is.GreaterThanOrEqualTo(400));
        (secret, proposal) = SecondStep.Scan(refused.Text);
        var enrolled = await visitor.Post(half.Location!, ("code", App.CodeNow(secret)), ("proposal", proposal));
        var codes = Recovery().Matches(enrolled.Text).Select(m => m.Groups[1].Value).ToList();
        Assert.That((enrolled.Status, codes.Count), Is.EqualTo((200, 10)));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(200));

        foreach (var (code, status) in new[] { (codes[0], 303), (codes[0], 403), (codes[1], 303) })
        {
            using var again = await AtForm();
            var at = (await again.Post(Form, ("login", "admin"), ("password", DemoHall.Password))).Location!;
            await again.Get(at);
            Assert.That((await again.Post(at, ("code", code))).Status, Is.EqualTo(status), code);
        }
    }

    [Test]
    public async Task Wrong_codes_at_the_enrolment_lock_like_wrong_passwords()
    {
        await App.Sql<int>("delete from staff_second_factor where login = 'admin'");
        using var visitor = await AtForm();
        var at = (await visitor.Post(Form, ("login", "admin"), ("password", DemoHall.Password))).Location!;
        var (secret, proposal) = SecondStep.Scan((await visitor.Get(at)).Text);
        for (var n = 0; n < 5; n++) Assert.That((await visitor.Post(at, ("code", "00000" + n.ToString(CultureInfo.InvariantCulture)), ("proposal", proposal))).Status, Is.EqualTo(400));
        Assert.That((await visitor.Post(at, ("code", App.CodeNow(secret)), ("proposal", proposal))).Status, Is.EqualTo(400), "locked");
        Assert.That(await App.Sql<int>("select count(*) from staff_second_factor where login = 'admin'"), Is.Zero);
    }

    [Test]
    public async Task An_account_that_is_changed_or_closed_is_so_at_the_next_click()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await visitor.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        await App.Sql<int>("update staff set role = 'Admin' where login = 'supervisor'");
        Assert.That((await visitor.GetJson("/api/v1/cases")).Status, Is.EqualTo(403));
        await App.Sql<int>("update staff set active = 0 where login = 'supervisor'");
        Assert.That((await visitor.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
        Assert.That((await visitor.Get("/console/cases")).Status, Is.EqualTo(302));
    }

    [Test]
    public async Task A_session_ends_after_ten_hours_however_often_it_is_used()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        for (var hour = 1; hour < 10; hour++)
        {
            App.Clock.Now += TimeSpan.FromHours(1);
            Assert.That((await visitor.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        }

        App.Clock.Now += TimeSpan.FromHours(1);
        Assert.That((await visitor.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Signing_out_ends_the_session_for_whoever_copied_the_cookie()
    {
        using var visitor = await ConsoleClient.SignedIn(App, "supervisor");
        using var copy = visitor.Copy();
        Assert.That((await copy.GetJson("/api/v1/cases")).Status, Is.EqualTo(200));
        await visitor.Get("/console/cases");
        await visitor.Post("/console/sign-out");
        Assert.That((await copy.GetJson("/api/v1/cases")).Status, Is.EqualTo(401));
    }

    private async Task<ConsoleClient> AtForm()
    {
        var visitor = new ConsoleClient(App);
        await visitor.Get(Form);
        return visitor;
    }

    private static async Task<ConsolePage> Wrong(ConsoleClient visitor, int times)
    {
        ConsolePage last = null!;
        for (var n = 0; n < times; n++)
        {
            last = await visitor.Post(Form, ("login", "supervisor"), ("password", "wrong " + n.ToString(CultureInfo.InvariantCulture)));
            Assert.That(last.Status, Is.EqualTo(403));
        }

        return last;
    }

    private static string WithoutToken(string page) => Token().Replace(page, "");

    [GeneratedRegex("__RequestVerificationToken\" value=\"[^\"]+\"")]
    private static partial Regex Token();

    [GeneratedRegex("<code>([0-9A-Z-]{8,})</code>")]
    private static partial Regex Recovery();
}
