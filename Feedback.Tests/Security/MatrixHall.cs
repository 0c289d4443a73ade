using System.Globalization;
using Feedback.Demo;
using Feedback.Domain;
using Feedback.Domain.Cases;
using Feedback.Domain.Staff;
using Feedback.Features.Staff;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Security;

/// <summary>
/// The demonstration hall with a second hall beside it, and the cases that callers ask for. A case is prepared when it is first
/// needed, by the product's own endpoints, and anew after a request has changed it.
/// </summary>
internal sealed class MatrixHall(TestApp app) : IDisposable
{
    /// <summary>Of the form of a query code, and no case's.</summary>
    private const string WrongCode = "7K2M-9XQA-3F8T";

    private const string NoNotice = "GZ-H1-20261116-9999";

    private static readonly Target Nothing = new("20261116-000000", WrongCode, NoNotice, "Z99", "H9", "nobody", "", "", "", "");

    private readonly Dictionary<object, Target> _prepared = [];
    private readonly Dictionary<string, HttpClient> _clients = [];
    private int _tickets;

    public static async Task<MatrixHall> Build(TestApp app)
    {
        var script = HallScript.Read();
        Assert.That((await app.Send(new BuildHall(script with
        {
            Hall = script.Hall with { Code = "H2" },
            Departments = [new HallScript.DepartmentText("XX", new Bilingual("另一大厅的单位", "A unit of another hall"))],
            Windows = [script.Windows[0] with { Code = "X01", Department = "XX" }],
            Items = [script.Items.Single(i => i.Code == "SI-03") with { Code = "XX-03", Department = "XX" }],
        }))).Refusal, Is.Null);
        Assert.That((await app.Send(new CreateStaff("head-xx", "另一大厅的负责人", Role.UnitHead, "H2", "XX", null, DemoHall.Password))).Refusal, Is.Null);

        // Leads cases into their states, so that the caller took no part in them.
        Assert.That((await app.Send(new CreateStaff("steward", "另一位纪检监察员", Role.Inspector, null, null, null, DemoHall.Password))).Refusal, Is.Null);
        return new MatrixHall(app);
    }

    /// <summary>The login of a caller; null for the citizen.</summary>
    public static string? LoginOf(Caller caller) => caller switch
    {
        Caller.Citizen => null,
        Caller.Handler => "handler",
        Caller.UnitHead => "head-si",
        Caller.HallSupervisor => "supervisor",
        Caller.BureauLeader => "leader",
        _ => caller.ToString().ToLowerInvariant(),
    };

    /// <summary>What a caller asks for in a situation.</summary>
    public async Task<Target> Target(SampleRequest sample, string endpoint, Caller caller, Situation situation)
    {
        var place = Place(caller, situation);
        var target = situation == Situation.Unknown || IsNoCase(sample.Resource) ? Nothing : await Prepared(sample, caller, situation);
        var isOwn = situation == Situation.Own;
        return target with
        {
            Code = isOwn ? target.Code : WrongCode,
            Window = situation == Situation.Unknown ? Nothing.Window : isOwn ? "A01" : place,
            Hall = situation == Situation.Unknown ? Nothing.Hall : isOwn ? "H1" : "H2",
            Login = situation == Situation.Unknown ? Nothing.Login : isOwn ? LoginOf(caller) ?? "handler" : "head-xx",
            Token = await app.Token("A02"),
            Screen = endpoint.Contains("{key}", StringComparison.Ordinal) ? (await app.Screen("A02"))["/screen/".Length..] : "",
            Receipt = endpoint.EndsWith("/r", StringComparison.Ordinal) || endpoint.Contains("{receipt}", StringComparison.Ordinal) ? await Receipt() : "",
            Ticket = string.Create(CultureInfo.InvariantCulture, $"A{++_tickets:D4}"),
        };
    }

    /// <summary>After a request that changed it, a resource is not used again.</summary>
    public void Changed(Target target)
    {
        foreach (var (key, _) in _prepared.Where(p => p.Value.Number == target.Number).ToList()) _prepared.Remove(key);
    }

    public async Task<HttpClient> Staff(string login) => _clients.TryGetValue(login, out var known) ? known : _clients[login] = await app.SignedIn(login);

    public void Dispose()
    {
        foreach (var client in _clients.Values) client.Dispose();
    }

    private static bool IsNoCase(Resource resource) => resource is Resource.None or Resource.Window or Resource.Hall or Resource.Person;

    private static string Place(Caller caller, Situation situation) => (caller, situation) switch
    {
        (_, Situation.Other) => caller <= Caller.UnitHead ? "B01" : "X01",
        (Caller.Handler, Situation.About) => "A01",
        _ => "A02",
    };

    private async Task<Target> Prepared(SampleRequest sample, Caller caller, Situation situation)
    {
        var place = Place(caller, situation);
        var isComplaint = situation is Situation.Sealed || (situation == Situation.About && !(sample.Resource == Resource.Rating && caller == Caller.Handler));
        var resource = isComplaint ? Resource.Case : (sample.Resource, caller, situation) == (Resource.Case, Caller.Handler, Situation.Own) ? Resource.Application : sample.Resource;
        var against = (situation, caller) switch
        {
            (Situation.About, Caller.UnitHead) => Against.UnitHead,
            (Situation.About, not Caller.Handler) => Against.HallSupervisor,
            _ => Against.Window,
        };
        var key = (resource, place, against, situation == Situation.Sealed, sample.State);
        return _prepared.TryGetValue(key, out var known) ? known : _prepared[key] = resource switch
        {
            Resource.Case => await Lead(await Complain(place, against, situation == Situation.Sealed), sample.State),
            Resource.Rating => await Rate(place),
            _ => await Apply(resource, place, sample.State),
        };
    }

    private async Task<Target> Complain(string window, Against against, bool isSealed)
    {
        var filed = await app.Client.PostJson("/api/v1/complaints", new { window = await app.Token(window), about = isSealed ? "Gifts" : "Delay", against = against.ToString(), text = "说好当天办结,等了四天。" });
        Assert.That(filed.Status, Is.EqualTo(201), filed.Json?.ToJsonString());
        return await WithPicture(Nothing with { Number = (string)filed["caseNumber"]!, Code = (string)filed["queryCode"]! });
    }

    private async Task<Target> WithPicture(Target target)
    {
        using var citizen = app.Citizen(target.Code);
        Assert.That((await citizen.SendPictures(target.Number, Pictures.Png())).Status, Is.EqualTo(204));
        return target;
    }

    /// <summary>An application of the unit at that window, told what is missing where that is needed.</summary>
    private async Task<Target> Apply(Resource resource, string place, CaseState state)
    {
        var (login, window) = place switch { "B01" => ("head-em", "B01"), "X01" => ("head-xx", "X01"), _ => ("handler", "A01") };
        var item = window == "X01" ? "XX-03" : "SI-03";
        var staff = await Staff(login);
        var applied = await staff.PostJson("/api/v1/first-contacts", new { window, item, matter = "申领养老金", materials = FirstContacts.PensionWithoutFile });
        Assert.That(applied.Status, Is.EqualTo(201), applied.Json?.ToJsonString());
        var target = await WithPicture(Nothing with { Number = (string)applied["caseNumber"]!, Code = (string)applied["queryCode"]! });
        if (resource is not (Resource.Notice or Resource.Demand) && state != CaseState.AwaitingMaterials) return await Lead(target, state);

        target = target with { Notice = await Tell(staff, target, null) };
        return resource == Resource.Demand ? target with { Notice = await Tell(staff, target, new { code = "NewFact", reason = "发现另一份档案" }) } : target;
    }

    private static async Task<string> Tell(HttpClient staff, Target target, object? exception)
    {
        var told = await staff.PostJson("/api/v1/one-time-notices", new { caseNumber = target.Number, missing = new[] { "职工档案" }, exception });
        Assert.That(told.Status, Is.AnyOf(201, 202), told.Json?.ToJsonString());
        return (string)told["number"]!;
    }

    private async Task<Target> Lead(Target target, CaseState state)
    {
        var steward = await Staff("steward");
        async Task Do(string deed, object? body)
        {
            var done = await steward.PostJson($"/api/v1/cases/{target.Number}/{deed}", body);
            Assert.That(done.Status, Is.AnyOf(200, 204), $"{deed}: {done.Json?.ToJsonString()}");
        }

        if (state == CaseState.Filed) return target;
        await Do("acceptance", null);
        if (state == CaseState.Paused) await Do("pause", new { reason = "Hearing", evidence = "听证通知 7 号" });
        if (state is CaseState.Answered or CaseState.Appealed) await Do("answer", new { text = "已核实,向您致歉。" });
        if (state == CaseState.Appealed)
        {
            using var citizen = app.Citizen(target.Code);
            Assert.That((await citizen.PostJson($"/api/v1/complaints/{target.Number}/appeal", new { text = "没有核实。" })).Status, Is.AnyOf(200, 201, 204));
        }

        return target;
    }

    private async Task<Target> Rate(string window)
    {
        var rated = await app.Client.PostJson("/api/v1/ratings", new { window = await app.Token(window), grade = 2 });
        Assert.That(rated.Status, Is.EqualTo(201), rated.Json?.ToJsonString());
        return Nothing with { Number = (await app.Sql<string>("select case_number from bad_rating where rating_id = @id", new { id = Guid.Parse((string)rated["id"]!) }))! };
    }

    private async Task<string> Receipt()
    {
        var rated = await app.Client.PostJson("/api/v1/ratings", new { window = await app.Token("A02"), grade = 5 });
        Assert.That(rated.Status, Is.EqualTo(201), rated.Json?.ToJsonString());
        return (string)rated["receipt"]!;
    }
}
