using Feedback.Demo;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Ratings;
using Feedback.Features.Staff;
using Feedback.Tests.Harness;
using Microsoft.AspNetCore.Builder;

namespace Feedback.Tests.Web;

/// <summary>
/// A hall in which every page has something to show and every form somebody who may send it. Whatever people can write is written by a
/// function, which is told the field and how long a text may be: 0 for the longest, 2 for a name.
/// </summary>
internal sealed class PopulatedHall(TestApp app, Func<string, int, string> write)
{
    /// <summary>A login with a first password, whose role needs a second factor that it has not got yet.</summary>
    public const string Newcomer = "newcomer";

    private static readonly string[] Staff = ["handler", "head-si", "head-em", "supervisor", "leader", "inspector", "auditor", "admin"];

    /// <summary>When it begins: after hours, so that praise looks faked.</summary>
    public const string BeginsAt = "2026-11-16T22:00";

    private int _tickets;

    /// <summary>Who signs in, each role at least once; the unit that is responsible for most comes before the one that is offered something.</summary>
    public static IReadOnlyList<string> Logins => [.. Staff, Newcomer];

    /// <summary>Cases with the codes that open them to their citizens, as they stood when the hall was made.</summary>
    public List<TestCase> Cases { get; } = [];

    /// <summary>Of ratings that can be added to, and of one that was.</summary>
    public List<string> Receipts { get; } = [];

    /// <summary>The number of a bad rating's case, whose citizen left a contact.</summary>
    public string BadRating { get; private set; } = "";

    /// <summary>With a mail server, at which nobody calls: letters to citizens wait.</summary>
    public static void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Mail:Host"] = "127.0.0.1";
        builder.Configuration["Mail:From"] = "no-reply@fw.example.gov.cn";
    }

    public static async Task<PopulatedHall> Build(TestApp app, Func<string, int, string> write)
    {
        var hall = new PopulatedHall(app, write);
        await hall.OpenOutbox();
        await hall.AddPraise();
        await app.MoveTo("2026-11-17T10:00");

        // Left untold until it counts as accepted.
        hall.Cases.Add(await hall.Applied());
        await app.MoveTo("2026-11-25T10:00");
        await hall.FileComplaints();
        await hall.IssueNotices();
        await hall.OfferHandOvers();
        await hall.RequestContacts();
        await hall.AddBadRatings();
        await hall.ProposeRules();
        await hall.GiveUpMessage();
        Succeeded(await app.Send(new CreateStaff(Newcomer, write("staff name", 2), Role.Inspector, null, null, null, DemoHall.Password)));
        await app.Sql<int>("update staff set password_is_first = 1 where login = @Newcomer", new { Newcomer });
        return hall;
    }

    private async Task OpenOutbox()
    {
        await Do("admin", "webhooks", new { url = "https://hooks.example/in?" + Uri.EscapeDataString(write("webhook url", 2)), label = write("webhook label", 2) });
        using var admin = await app.SignedIn("admin");
        Assert.That((await admin.PutJson("/api/v1/staff/head-si/address", new { email = "head@si.example.gov.cn" })).Status, Is.EqualTo(204));
    }

    private async Task AddPraise()
    {
        foreach (var window in new[] { "A01", "A02", "A03" })
        {
            Assert.That((await app.Client.PostJson("/api/v1/ratings", new { window = await app.Token(window), grade = 5, comment = write("praise", 1) })).Status, Is.EqualTo(201));
        }

        Succeeded(await app.Send(new JudgeRatings()));
    }

    /// <summary>Complaints in each state, as many as there are forms that lead out of it.</summary>
    private async Task FileComplaints()
    {
        var states = new[]
        {
            CaseState.Filed, CaseState.Filed, CaseState.Filed, CaseState.Filed, CaseState.Accepted, CaseState.Accepted, CaseState.Accepted, CaseState.Accepted, CaseState.Accepted, CaseState.Accepted, CaseState.Accepted, CaseState.Paused,
            CaseState.Answered, CaseState.Answered, CaseState.Appealed, CaseState.Closed, CaseState.Declined, CaseState.Withdrawn,
        };
        foreach (var state in states) Cases.Add(await TestCase.In(app, state));
        var written = await Complain("Delay", null);
        await written.Citizen("materials", new { text = write("material", 0) });
        using (var citizen = app.Citizen(written.Code)) Assert.That((await citizen.SendPictures(written.Number, Pictures.Jpeg())).Status, Is.EqualTo(204));
        await written.Staff("head-si", "acceptance");
        await written.Staff("head-si", "extension", new { reason = write("extension reason", 0) });
        await Complain("Gifts", null);
    }

    private async Task IssueNotices()
    {
        Cases.Add(await Applied());
        var told = await Applied();
        Cases.Add(told);
        Assert.That((await app.Tell(told.Number)).Status, Is.EqualTo(201));
        Assert.That((await app.Tell(told.Number, exception: new { code = "NewFact", reason = write("demand reason", 0) })).Status, Is.EqualTo(202));
        Cases.Add(await TestCase.In(app, CaseState.AwaitingMaterials));
    }

    private async Task OfferHandOvers()
    {
        var offered = await Complain("Delay", null);
        await DoToCase(offered, "head-si", "hand-over", new { unit = "EM", reason = write("offer reason", 0) });
        var returned = await Complain("Delay", null);
        foreach (var (from, to, unit) in new[] { ("head-si", "head-em", "EM"), ("head-em", "head-lr", "LR"), ("head-lr", null, "SI") })
        {
            await DoToCase(returned, from, "hand-over", new { unit, reason = write("offer reason", 0) });
            if (to is not null) await DoToCase(returned, to, "hand-over/answer", new { accepted = true });
        }
    }

    /// <summary>One contact that somebody asks to see, and one that is open.</summary>
    private async Task RequestContacts()
    {
        foreach (var granted in new[] { false, true })
        {
            var named = await Complain("Delay", new { name = write("contact name", 2), phone = "13800000000", email = "a@example.cn" });
            using var head = await app.SignedIn("head-si");
            var asked = await head.PostJson($"/api/v1/cases/{named.Number}/contact/requests", new { reason = write("reveal reason", 0) });
            Assert.That(asked.Status, Is.EqualTo(201), asked.Json?.ToJsonString());
            if (granted) await DoToCase(named, "supervisor", $"contact/requests/{(string)asked["id"]!}/decision", new { granted, note = write("reveal note", 0) });
            else await DoToCase(named, "head-si", "contact/messages", new { text = write("message", 0) });
        }
    }

    /// <summary>Bad ratings at each step of their loop.</summary>
    private async Task AddBadRatings()
    {
        foreach (var step in new[] { "verify", "set right", "call back", "decide", "appeal" })
        {
            var rated = await RateBad();
            var number = await app.Sql<string>("select case_number from bad_rating where rating_id = @id", new { id = Guid.Parse((string)rated["id"]!) });
            var found = new TestCase(app, BadRating = number!, "");
            if (step is "set right" or "call back") await DoToCase(found, "head-si", "verification", new { outcome = step == "set right" ? "FixedWithinLimit" : "FixedAtOnce", note = write("verification note", 0), checks = new { } });
            if (step is "decide") await DoToCase(found, "head-si", "rating-appeal", new { ground = "Duplicate", reason = write("rating appeal", 0) });
            if (step is "call back") await DoToCase(found, "supervisor", "contact/messages", new { text = write("message about a rating", 0) });
            Receipts.Add((string)rated["receipt"]!);
        }

        Assert.That((await app.Client.PostJson($"/api/v1/ratings/{Receipts[^1]}/supplement", new { comment = write("supplement", 1), grade = 2 })).Status, Is.EqualTo(201));
    }

    /// <summary>A day of the hall's own, somebody away, and a proposal of other rules.</summary>
    private async Task ProposeRules()
    {
        await Do("leader", "halls/H1/days", new { day = "2027-03-02", works = false, reason = write("day's reason", 0) });
        await Do("handler", "staff/handler/absences", new { firstDay = "2027-03-01", lastDay = "2027-03-02" });
        using var inspector = await app.SignedIn("inspector");
        var policies = await inspector.GetJson("/api/v1/policies");
        var draft = policies.Json!.AsArray()[0]!["policy"]!.DeepClone();
        draft["effectiveFrom"] = "2027-02-01";
        draft["texts"]!["complaint"] = 1900;
        await Do("inspector", "policies", new { policy = draft, reason = write("proposal reason", 0) });
    }

    /// <summary>A message that the other side refused in its own words.</summary>
    private async Task GiveUpMessage() => Assert.That(
        await app.Sql<int>(
            "update outbox_message set state = 'Dead', settled_at = queued_at, attempts = 3, last_error = @error where id = (select min(id) from outbox_message); select changes()",
            new { error = "smtp_550: " + write("mail server's answer", 0) }),
        Is.EqualTo(1));

    private async Task<TestCase> Applied()
    {
        using var handler = await app.SignedIn("handler");
        var applied = await handler.PostJson("/api/v1/first-contacts", new { window = "A01", item = "SI-03", matter = write("matter", 0), materials = FirstContacts.PensionWithoutFile });
        Assert.That(applied.Status, Is.EqualTo(201), applied.Json?.ToJsonString());
        return new TestCase(app, (string)applied["caseNumber"]!, (string)applied["queryCode"]!);
    }

    private async Task<TestCase> Complain(string about, object? contact)
    {
        var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token("A01"), about, text = write("complaint", 0), contact });
        Assert.That(filed.Status, Is.EqualTo(201), filed.Json?.ToJsonString());
        var found = new TestCase(app, (string)filed["caseNumber"]!, (string)filed["queryCode"]!);
        Cases.Add(found);
        return found;
    }

    private async Task<Answer> RateBad()
    {
        var rated = await app.Client.PostJson(
            "/api/v1/ratings", new { window = await app.Token("A01"), grade = 1, comment = write("comment", 1), contact = new { name = write("rater's name", 2), phone = "13800000000", email = "b@example.cn" }, ticket = $"T{++_tickets}" });
        Assert.That(rated.Status, Is.EqualTo(201), rated.Json?.ToJsonString());
        return rated;
    }

    private async Task Do(string login, string path, object body)
    {
        using var client = await app.SignedIn(login);
        var done = await client.PostJson("/api/v1/" + path, body);
        Assert.That(done.Status, Is.LessThan(300), $"{path}: {done.Json?.ToJsonString()}");
    }

    private Task DoToCase(TestCase found, string login, string deed, object body) => Do(login, $"cases/{found.Number}/{deed}", body);

    private static void Succeeded<T>(Outcome<T> outcome) => Assert.That(outcome.Refusal, Is.Null);
}
