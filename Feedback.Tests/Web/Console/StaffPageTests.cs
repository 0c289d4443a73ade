using System.Globalization;
using System.Text.RegularExpressions;
using Feedback.Demo;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Web.Console;

/// <summary>Everybody's accounts in the console, and what the administrator does to them.</summary>
internal sealed partial class StaffPageTests(Engine engine) : SliceTest(engine)
{
    private const string Address = "/console/staff";
    private const string OwnPassword = "蓝天白云-7-河流清澈";

    [Test]
    public async Task Nobody_but_the_administrator_finds_the_place()
    {
        foreach (var login in new[] { "handler", "supervisor", "inspector" })
        {
            using var visitor = await ConsoleClient.SignedIn(App, login);
            Assert.That((await visitor.Get("/console/windows")).Text, Does.Not.Contain($"href=\"{Address}\""));
            Assert.That((await visitor.Get(Address)).Status, Is.EqualTo(403));
            Assert.That((await visitor.Post(Address, ("command", "Close"), ("login", "leader"))).Status, Is.EqualTo(403));
        }

        using var admin = await ConsoleClient.SignedIn(App, "admin");
        Assert.That((await admin.Get("/console/windows")).Text, Does.Contain($"href=\"{Address}\""));
        Assert.That((await admin.PostWithoutToken(Address, ("command", "Close"), ("login", "leader"))).Status, Is.EqualTo(400));
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await leader.Get("/console/windows")).Status, Is.EqualTo(200), "still open");
    }

    [Test]
    public async Task Accounts_are_listed_page_by_page_and_found_by_what_they_are_called()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        var all = (await App.Query("select login from staff")).Select(r => (string)r["login"]!).Order(StringComparer.Ordinal).ToList();
        var (seen, cursor) = (new List<string>(), (string?)"");
        while (cursor is not null)
        {
            var page = await admin.GetJson($"/api/v1/staff?size=2&cursor={cursor}");
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["login"]!));
            cursor = (string?)page["next"];
        }

        Assert.That(seen, Is.EqualTo(all));
        Assert.That((await admin.Get(Address + "?text=SUPERV")).Text, Does.Contain("account-supervisor").And.Not.Contain("account-leader"));
        var name = await App.Sql<string>("select name from staff where login = 'leader'");
        Assert.That((await admin.Get($"{Address}?text={Uri.EscapeDataString(name!)}")).Text, Does.Contain("account-leader").And.Not.Contain("account-supervisor"));
        Assert.That((await admin.Get(Address + "?text=%25")).Text, Does.Contain("没有与“%”相符的账号。"), "a sign is a sign");
        Assert.That((await admin.Get(Address + "?text=_")).Text, Does.Contain("没有与“_”相符的账号。"));
    }

    [Test]
    public async Task A_closed_account_is_out_at_once_and_opens_again_without_what_it_held()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        using var leader = await ConsoleClient.SignedIn(App, "leader");
        using var program = await App.SignedIn("leader");
        Assert.That((await admin.Get(Address + "?text=leader")).Text, Does.Contain("关闭账号").And.Not.Contain("重新开通"));
        Assert.That((await admin.Post(Address + "?text=leader", ("command", "Close"), ("login", "leader"))).Location, Is.EqualTo(Address + "?text=leader#account-leader"));
        Assert.That((await leader.Get("/console/windows")).Status, Is.EqualTo(302));
        Assert.That((await program.GetJson("/api/v1/windows")).Status, Is.EqualTo(401));
        Assert.That((await admin.Get(Address + "?text=leader")).Text, Does.Contain("已关闭").And.Contain("重新开通").And.Not.Contain("关闭账号"));

        Assert.That((await admin.Post(Address, ("command", "Open"), ("login", "leader"))).Status, Is.EqualTo(303));
        using var again = await ConsoleClient.SignedIn(App, "leader");
        Assert.That((await program.GetJson("/api/v1/windows")).Status, Is.EqualTo(401), "the token stays withdrawn");

        foreach (var command in new[] { "Close", "Unlock", "ResetSecondFactor", "GivePassword" })
        {
            Assert.That((await admin.Post(Address, ("command", command), ("login", "admin"))).Status, Is.EqualTo(409), $"{command}: not on one's own account");
        }

        Assert.That((await admin.Post(Address, ("command", "Close"), ("login", "nobody"))).Status, Is.EqualTo(404));
        Assert.That((await admin.Post(Address, ("command", "Nonsense"), ("login", "leader"))).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_locked_account_is_shown_and_unlocked()
    {
        using var visitor = new ConsoleClient(App);
        await visitor.Get("/console/sign-in");
        for (var n = 0; n < 5; n++) await visitor.Post("/console/sign-in", ("login", "leader"), ("password", "wrong-" + n.ToString(CultureInfo.InvariantCulture)));
        Assert.That(await SignIn(visitor, "leader", DemoHall.Password), Is.EqualTo((403, (string?)null)));

        using var admin = await ConsoleClient.SignedIn(App, "admin");
        Assert.That((await admin.Get(Address + "?text=leader")).Text, Does.Contain("锁定至 2026-11-16 周一 10:15"));
        Assert.That((await admin.Post(Address, ("command", "Unlock"), ("login", "leader"))).Status, Is.EqualTo(303));
        Assert.That((await admin.Get(Address + "?text=leader")).Text, Does.Not.Contain("锁定至"));
        Assert.That(await SignIn(visitor, "leader", DemoHall.Password), Is.EqualTo((303, "/console")));
    }

    [Test]
    public async Task A_new_account_opens_with_a_first_password_that_its_owner_replaces()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        await admin.Get(Address);
        var added = await admin.Post(Address, ("command", "Add"), ("login", "zhang.wei"), ("name", "张伟"), ("role", "Handler"), ("unit", "SI"), ("window", "A01"), ("phone", "8800-1009"));
        Assert.That(added.Status, Is.EqualTo(200));
        var first = First().Match(added.Text).Groups[1].Value;
        Assert.That((await admin.Get(Address)).Text, Does.Contain("张伟").And.Contain("初始密码未改").And.Not.Contain(first), "shown once");

        using var visitor = new ConsoleClient(App);
        Assert.That(await SignIn(visitor, "zhang.wei", first), Is.EqualTo((303, "/console/sign-in/password?ReturnUrl=")));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(302), "nothing opens before");
        await visitor.Get("/console/sign-in/password");
        Assert.That((await Replace(visitor, first)).Text, Does.Contain("请另设一个密码。"));
        Assert.That((await Replace(visitor, "short")).Status, Is.EqualTo(400));
        Assert.That((await visitor.Post("/console/sign-in/password", ("newPassword", OwnPassword), ("repeated", "another-one"))).Text, Does.Contain("两次输入的新密码不一样。"));
        Assert.That((await Replace(visitor, OwnPassword)).Location, Is.EqualTo("/console"));
        Assert.That((await visitor.Get("/console/account")).Text, Does.Contain("张伟").And.Contain("<dd>zhang.wei</dd>"));
        Assert.That(await SignIn(visitor, "zhang.wei", first), Is.EqualTo((403, (string?)null)));
        Assert.That(await SignIn(visitor, "zhang.wei", OwnPassword), Is.EqualTo((303, "/console")));
    }

    [Test]
    public async Task No_step_of_a_sign_in_goes_round_the_first_password()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        await admin.Get(Address);
        var first = First().Match((await admin.Post(Address, ("command", "Add"), ("login", "inspector-2"), ("name", "李静"), ("role", "Inspector"))).Text).Groups[1].Value;
        using var visitor = new ConsoleClient(App);
        Assert.That((await SignIn(visitor, "inspector-2", first)).Location, Does.StartWith("/console/sign-in/password"));
        var (secret, proposal) = SecondStep.Scan((await visitor.Get("/console/sign-in/second-factor")).Text);
        Assert.That((await visitor.Post("/console/sign-in/second-factor", ("code", App.CodeNow(secret)), ("proposal", proposal))).Status, Is.EqualTo(400));
        Assert.That((await visitor.Get("/console/windows")).Status, Is.EqualTo(302));
        Assert.That((await Replace(visitor, OwnPassword)).Location, Does.StartWith("/console/sign-in/second-factor"), "the role's second factor comes next");

        // Who has only half a sign-in changes no password that is their own.
        using var other = new ConsoleClient(App);
        Assert.That((await SignIn(other, "inspector", DemoHall.Password)).Location, Does.StartWith("/console/sign-in/code"));
        await other.Get("/console/sign-in/password");
        Assert.That((await Replace(other, OwnPassword)).Location, Is.EqualTo("/console/sign-in"));
        Assert.That((await SignIn(other, "inspector", DemoHall.Password)).Location, Does.StartWith("/console/sign-in/code"), "unchanged");
    }

    [TestCase("login", "leader", 409, "login", "该账号已存在。")]
    [TestCase("login", "Zhang Wei", 400, "login", "账号由 2 到 64 个小写字母、数字、点、横线组成。")]
    [TestCase("name", "", 400, "name", "请填写姓名,最多 50 个字。")]
    [TestCase("role", "", 400, "role", "请选择岗位。")]
    [TestCase("role", "King", 400, "role", "请选择岗位。")]
    [TestCase("unit", "", 400, "unit", "这个岗位须选择所属单位。")]
    [TestCase("window", "B01", 400, "window", "该单位(大厅)没有这个窗口。")]
    [TestCase("phone", "call me", 400, "phone", "请填写有效的电话号码。")]
    public async Task An_account_that_cannot_be_is_refused_beside_its_field(string field, string value, int status, string at, string sentence)
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        await admin.Get(Address);
        var fields = new Dictionary<string, string> { ["command"] = "Add", ["login"] = "zhang.wei", ["name"] = "张伟", ["role"] = "Handler", ["unit"] = "SI", ["window"] = "A01", [field] = value };
        var before = await App.Sql<int>("select count(*) from staff");
        var refused = await admin.Post(Address, [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.That(refused.Status, Is.EqualTo(status));
        Assert.That(refused.Text, Does.Contain($"<p class=\"error\" id=\"{at}-error\">{sentence}</p>"));
        Assert.That(await App.Sql<int>("select count(*) from staff"), Is.EqualTo(before));
    }

    [Test]
    public async Task The_roles_above_units_are_posted_to_a_hall_or_to_none()
    {
        var admin = new Actor("admin", "管理员", Role.Admin, null, null, null);
        Assert.That((await App.Send(new AddStaff(admin, "duty", "值班", Role.HallSupervisor))).Refusal?.Code, Is.EqualTo("hall_unknown"));
        Assert.That((await App.Send(new AddStaff(admin, "duty", "值班", Role.HallSupervisor, "H1", "SI"))).Refusal, Is.Null);
        Assert.That((await App.Send(new AddStaff(admin, "books", "审计", Role.Auditor, "H1", "SI", "A01"))).Refusal, Is.Null);
        Assert.That(
            (await App.Query("select hall_code, department_code, window_code from staff where login in ('books', 'duty') order by login")).Select(r => (r["hall_code"], r["department_code"], r["window_code"])),
            Is.EqualTo(new (object?, object?, object?)[] { (null, null, null), ("H1", null, null) }));
    }

    [Test]
    public async Task Who_forgot_a_password_gets_a_first_one_and_keeps_the_second_factor()
    {
        using var admin = await ConsoleClient.SignedIn(App, "admin");
        using var inspector = await ConsoleClient.SignedIn(App, "inspector");
        await admin.Get(Address);
        var first = First().Match((await admin.Post(Address, ("command", "GivePassword"), ("login", "inspector"))).Text).Groups[1].Value;
        Assert.That((await inspector.Get("/console/windows")).Status, Is.EqualTo(302));
        using var visitor = new ConsoleClient(App);
        Assert.That(await SignIn(visitor, "inspector", DemoHall.Password), Is.EqualTo((403, (string?)null)));
        Assert.That((await SignIn(visitor, "inspector", first)).Location, Does.StartWith("/console/sign-in/password"));
        Assert.That((await visitor.Post("/console/sign-in/code", ("code", await App.CodeOf("inspector")))).Status, Is.EqualTo(403), "not before the password is replaced");
        Assert.That((await Replace(visitor, OwnPassword)).Location, Does.StartWith("/console/sign-in/code"));
        Assert.That((await visitor.Post("/console/sign-in/code", ("code", await App.CodeOf("inspector")))).Location, Is.EqualTo("/console"));
    }

    private static async Task<(int Status, string? Location)> SignIn(ConsoleClient visitor, string login, string password)
    {
        await visitor.Get("/console/sign-in");
        var answer = await visitor.Post("/console/sign-in", ("login", login), ("password", password));
        return (answer.Status, answer.Location);
    }

    private static Task<ConsolePage> Replace(ConsoleClient visitor, string password) => visitor.Post("/console/sign-in/password", ("newPassword", password), ("repeated", password));

    [GeneratedRegex("<code>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</code>")]
    private static partial Regex First();
}
