using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Feedback.Demo;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>One's own account in the console.</summary>
internal sealed partial class AccountPageTests(Engine engine) : SliceTest(engine)
{
    private const string Address = "/console/account";
    private const string NewPassword = "蓝天白云-7-河流清澈";

    [Test]
    public async Task Everybody_finds_their_post_and_their_sign_ins()
    {
        using var handler = await ConsoleClient.SignedIn(App, "handler");
        Assert.That((await handler.Get("/console/windows")).Text, Does.Contain("href=\"/console/account\""));
        var page = await handler.Get(Address);
        Assert.That(page.Status, Is.EqualTo(200));
        Assert.That(page.Text, Does.Contain("<dd>handler</dd>").And.Contain("窗口人员").And.Contain("示范区人社服务大厅").And.Contain("(本次登录)").And.Not.Contain("结束其他所有登录"));

        using var nobody = new ConsoleClient(App);
        Assert.That((await nobody.Get(Address)).Location, Does.Contain("/console/sign-in"));
        using var program = await App.SignedIn("handler");
        Assert.That((await program.GetPage(Address)).Status, Is.EqualTo(403), "a token reaches no sign-in settings");
        Assert.That((await program.GetPage("/console/windows")).Text, Does.Not.Contain(Address));
    }

    [Test]
    public async Task A_new_password_ends_the_other_sign_ins_and_the_old_one()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        using var there = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That(await Change(here, DemoHall.Password, NewPassword), Is.EqualTo(new ConsolePage(303, "", Address + "?done=ChangePassword")));
        Assert.That((await here.Get(Address + "?done=ChangePassword")).Text, Does.Contain("密码已修改"));
        Assert.That((await there.Get(Address)).Status, Is.EqualTo(302));

        Assert.That(await SignIn("supervisor", DemoHall.Password), Is.EqualTo(403));
        Assert.That(await SignIn("supervisor", NewPassword), Is.EqualTo(303));
    }

    [TestCase("wrong-password", NewPassword, NewPassword, "currentPassword", "现在的密码不正确。")]
    [TestCase("", NewPassword, NewPassword, "currentPassword", "请输入现在的密码。")]
    [TestCase(DemoHall.Password, NewPassword, NewPassword + "!", "repeated", "两次输入的新密码不一样。")]
    [TestCase(DemoHall.Password, "short", "short", "newPassword", "密码至少 10 个字符。")]
    [TestCase(DemoHall.Password, "qwertyuiop", "qwertyuiop", "newPassword", "这个密码太容易猜到,请换一个。")]
    [TestCase(DemoHall.Password, DemoHall.Password, DemoHall.Password, "newPassword", "新密码不能与现在的密码相同。")]
    public async Task A_change_that_does_not_hold_is_refused_beside_its_field_and_changes_nothing(string current, string wanted, string repeated, string field, string sentence)
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        using var there = await ConsoleClient.SignedIn(App, "supervisor");
        var refused = await Change(here, current, wanted, repeated);
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain($"<p class=\"error\" id=\"{field}-error\">{sentence}</p>").And.Not.Contain($"value=\"{NewPassword}"));
        Assert.That((await there.Get(Address)).Status, Is.EqualTo(200));
        Assert.That(await SignIn("supervisor", DemoHall.Password), Is.EqualTo(303));
    }

    [Test]
    public async Task Five_wrong_current_passwords_lock_the_account_against_guessing()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        await here.Get(Address);
        for (var n = 0; n < 5; n++) Assert.That((await Change(here, "wrong-" + n.ToString(CultureInfo.InvariantCulture), NewPassword)).Status, Is.EqualTo(400));
        Assert.That((await Change(here, DemoHall.Password, NewPassword)).Status, Is.EqualTo(400), "locked: the right one looks wrong");
        Assert.That(await SignIn("supervisor", DemoHall.Password), Is.EqualTo(403));
        App.Clock.Now += TimeSpan.FromMinutes(16);
        Assert.That((await Change(here, DemoHall.Password, NewPassword)).Status, Is.EqualTo(303));
    }

    [Test]
    public async Task The_interface_changes_a_password_by_the_same_rules()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await here.PutJson("/api/v1/account/password", new { currentPassword = "wrong-password", newPassword = NewPassword })).Code, Is.EqualTo("password_wrong"));
        Assert.That((await here.PutJson("/api/v1/account/password", new { currentPassword = DemoHall.Password, newPassword = "short" })).Code, Is.EqualTo("password_too_short"));
        Assert.That((await here.PutJson("/api/v1/account/password", new { currentPassword = DemoHall.Password, newPassword = NewPassword })).Status, Is.EqualTo(204));
        Assert.That(await SignIn("supervisor", NewPassword), Is.EqualTo(303));
    }

    [Test]
    public async Task One_ends_one_s_own_sign_ins_and_nobody_else_s()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        using var there = await ConsoleClient.SignedIn(App, "supervisor");
        using var third = await ConsoleClient.SignedIn(App, "supervisor");
        using var other = await ConsoleClient.SignedIn(App, "leader");
        var theirs = (string)(await other.GetJson("/api/v1/account/sessions")).Json![0]!["id"]!;
        await here.Get(Address);
        Assert.That((await here.Post(Address, ("command", "EndSession"), ("id", theirs))).Status, Is.EqualTo(404));
        Assert.That((await other.Get(Address)).Status, Is.EqualTo(200));

        var ofThere = (await there.GetJson("/api/v1/account/sessions")).Json!.AsArray().Single(s => (bool)s!["current"]!)!;
        Assert.That((await here.Post(Address, ("command", "EndSession"), ("id", (string)ofThere["id"]!))).Location, Is.EqualTo(Address + "?done=EndSession"));
        Assert.That((await there.Get(Address)).Status, Is.EqualTo(302));
        Assert.That((await third.Get(Address)).Status, Is.EqualTo(200));

        Assert.That((await here.Post(Address, ("command", "EndOtherSessions"))).Status, Is.EqualTo(303));
        Assert.That((await third.Get(Address)).Status, Is.EqualTo(302));
        Assert.That((await here.Get(Address)).Status, Is.EqualTo(200));
        Assert.That((await here.Post(Address, ("command", "Nonsense"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_form_without_its_token_is_refused()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        using var there = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await here.PostWithoutToken(Address, ("command", "EndOtherSessions"))).Status, Is.EqualTo(400));
        Assert.That((await there.Get(Address)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_token_is_shown_once_works_and_is_dead_when_withdrawn()
    {
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        Assert.That((await head.Get(Address)).Text, Does.Contain("value=\"Statistics\"").And.Not.Contain("value=\"Outbox\""), "only scopes that the role has");
        var issued = await head.Post(Address, ("command", "IssueToken"), ("label", "月报"), ("days", "30"), ("scopes", "Statistics"));
        var token = Token().Match(issued.Text).Value;
        Assert.That((issued.Status, token.Length), Is.EqualTo((200, 51)));
        using var program = new HttpClient { BaseAddress = App.Address };
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.That((await program.GetJson("/api/v1/statistics/monthly?month=2026-11")).Status, Is.EqualTo(200));
        Assert.That((await program.GetJson("/api/v1/cases")).Status, Is.EqualTo(403));

        var page = await head.Get(Address);
        Assert.That(page.Text, Does.Contain("月报").And.Contain("2026-11-16").And.Not.Contain(token));
        var id = (string)(await head.GetJson("/api/v1/account/tokens")).Json![0]!["id"]!;
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        await leader.Get(Address);
        Assert.That((await leader.Post(Address, ("command", "WithdrawToken"), ("id", id))).Status, Is.EqualTo(404), "another's");
        Assert.That((await head.Post(Address, ("command", "WithdrawToken"), ("id", id))).Status, Is.EqualTo(303));
        Assert.That((await program.GetJson("/api/v1/statistics/monthly?month=2026-11")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_token_without_a_purpose_or_a_scope_is_refused_and_what_was_typed_stays()
    {
        using var head = await ConsoleClient.SignedIn(App, "head-si");
        await head.Get(Address);
        var refused = await head.Post(Address, ("command", "IssueToken"), ("label", "月报"), ("days", "400"));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.Text, Does.Contain("value=\"月报\"").And.Contain("有效期为 1 到 365 天。").And.Contain("请从允许的范围中选择。"));
        Assert.That(await App.Sql<int>("select count(*) from api_token"), Is.Zero);
    }

    [Test]
    public async Task A_second_factor_is_switched_on_exchanged_and_switched_off()
    {
        using var here = await ConsoleClient.SignedIn(App, "supervisor");
        Assert.That((await here.Get(Address)).Text, Does.Contain("启用两步验证"));
        var (old, proposal) = SecondStep.Scan((await here.Get(Address + "/second-factor")).Text);
        Assert.That((await here.Post(Address + "/second-factor", ("code", "000000"), ("proposal", proposal))).Status, Is.EqualTo(400));
        var on = await here.Post(Address + "/second-factor", ("code", App.CodeNow(old)), ("proposal", proposal));
        Assert.That((on.Status, Recovery().Count(on.Text)), Is.EqualTo((200, 10)));
        Assert.That((await here.Get(Address)).Text, Does.Contain("还有 10 个恢复码"));

        App.Clock.Now += TimeSpan.FromMinutes(2);
        var (secret, next) = SecondStep.Scan((await here.Get(Address + "/second-factor")).Text);
        Assert.That((await here.Post(Address + "/second-factor", ("code", App.CodeNow(secret)), ("proposal", next))).Status, Is.EqualTo(409), "without a code of the present one");
        Assert.That((await here.Post(Address + "/second-factor", ("code", App.CodeNow(secret)), ("proposal", next), ("current", "000000"))).Status, Is.EqualTo(400));
        Assert.That((await here.Post(Address + "/second-factor", ("code", App.CodeNow(secret)), ("proposal", next), ("current", App.CodeNow(old)))).Status, Is.EqualTo(200));

        App.Clock.Now += TimeSpan.FromMinutes(2);
        var wrong = await here.Post(Address, ("command", "RemoveSecondFactor"), ("code", App.CodeNow(old)));
        Assert.That(wrong.Status, Is.EqualTo(400), "a code of the one before");
        Assert.That(wrong.Text, Does.Contain("id=\"code-error\""));
        Assert.That((await here.Post(Address, ("command", "RemoveSecondFactor"), ("code", App.CodeNow(secret)))).Status, Is.EqualTo(303));
        Assert.That(await SignIn("supervisor", DemoHall.Password), Is.EqualTo(303));
    }

    [Test]
    public async Task Wrong_codes_of_somebody_inside_lock_too()
    {
        using var here = await ConsoleClient.SignedIn(App, "inspector");
        var (secret, proposal) = SecondStep.Scan((await here.Get(Address + "/second-factor")).Text);
        for (var n = 0; n < 5; n++)
        {
            var refused = await here.Post(Address + "/second-factor", ("code", App.CodeNow(secret)), ("proposal", proposal), ("current", "00000" + n.ToString(CultureInfo.InvariantCulture)));
            Assert.That(refused.Status, Is.EqualTo(400));
        }

        Assert.That(await SignIn("inspector", DemoHall.Password), Is.EqualTo(403));
        await here.Get(Address);
        Assert.That((await here.Post(Address, ("command", "RemoveSecondFactor"), ("code", await App.CodeOf("inspector")))).Status, Is.EqualTo(409), "the role needs it");
    }

    private static async Task<ConsolePage> Change(ConsoleClient visitor, string current, string wanted, string? repeated = null)
    {
        await visitor.Get(Address);
        return await visitor.Post(Address, ("command", "ChangePassword"), ("currentPassword", current), ("newPassword", wanted), ("repeated", repeated ?? wanted));
    }

    private async Task<int> SignIn(string login, string password)
    {
        using var visitor = new ConsoleClient(App);
        await visitor.Get("/console/sign-in");
        return (await visitor.Post("/console/sign-in", ("login", login), ("password", password))).Status;
    }

    [GeneratedRegex("fb_[0-9a-f]{48}")]
    private static partial Regex Token();

    [GeneratedRegex("<code>[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}</code>")]
    private static partial Regex Recovery();
}
