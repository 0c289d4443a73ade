using System.Net.Http.Json;
using Feedback.Domain.Cases;
using Feedback.Tests.Harness;

namespace Feedback.Tests.Security;

/// <summary>What an endpoint is asked for.</summary>
internal enum Resource
{
    /// <summary>Nothing that belongs to anybody: one status for each caller.</summary>
    None,

    /// <summary>A window, by its code: own and other.</summary>
    Window,

    /// <summary>A hall, by its code: own and other.</summary>
    Hall,

    /// <summary>A member of staff, by login: own and other.</summary>
    Person,

    /// <summary>A one-time notice, by its number: own and other.</summary>
    Notice,

    /// <summary>A second demand that waits for its decision: own and other.</summary>
    Demand,

    /// <summary>A case: all four situations. A handler's own is the application that this handler registered.</summary>
    Case,

    /// <summary>An application with a notice; about and sealed are complaints.</summary>
    Application,

    /// <summary>The loop of a bad rating; sealed, and about but for the handler, are complaints.</summary>
    Rating,
}

/// <summary>The request that is sent to an endpoint: with a body that is valid, so that nothing but the caller decides.</summary>
/// <param name="Resource">What it is asked for.</param>
/// <param name="Body">Makes the content; none for a GET.</param>
/// <param name="State">Where a case stands before.</param>
/// <param name="Query">Behind the path, with its question mark.</param>
internal sealed record SampleRequest(Resource Resource, Func<Target, HttpContent?>? Body = null, CaseState State = CaseState.Filed, string Query = "")
{
    /// <summary>The key of nothing.</summary>
    private const string NoKey = "0198f000-0000-7000-8000-000000000000";

    private static readonly object Reason = new { reason = "需外地协查" };

    /// <summary>By endpoint. Endpoints that need no body and ask for nothing of anybody are not listed.</summary>
    private static readonly Dictionary<string, SampleRequest> Listed = new()
    {
        // Cases.
        ["GET /api/v1/cases/{number}"] = new(Resource.Case),
        ["GET /api/v1/cases/{number}/clock"] = new(Resource.Case),
        ["GET /api/v1/cases/{number}/pictures/{picture:int}"] = new(Resource.Case),
        ["GET /api/v1/cases/{number}/rating"] = new(Resource.Rating),
        ["POST /api/v1/cases/{number}/acceptance"] = new(Resource.Case, Json(new { })),
        ["POST /api/v1/cases/{number}/refusal"] = new(Resource.Case, Json(new { reason = "不属于人社业务", rightBody = "市医保局" })),
        ["POST /api/v1/cases/{number}/answer"] = new(Resource.Case, Json(new { text = "已核实" }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/pause"] = new(Resource.Case, Json(new { reason = "Hearing", evidence = "听证通知 7 号" }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/resumption"] = new(Resource.Case, Json(new { }), CaseState.Paused),
        ["POST /api/v1/cases/{number}/extension"] = new(Resource.Case, Json(Reason), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/extension/decision"] = new(Resource.Case, Json(new { granted = false }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/hand-over"] = new(Resource.Case, Json(new { unit = "LR", reason = "属于该单位业务" })),
        ["POST /api/v1/cases/{number}/hand-over/answer"] = new(Resource.Case, Json(new { accepted = true })),
        ["POST /api/v1/cases/{number}/arbitration"] = new(Resource.Case, Json(new { unit = "LR", reason = "属于该单位业务" })),
        ["POST /api/v1/cases/{number}/group"] = new(Resource.Case, t => JsonContent.Create(new { lead = t.Number })),
        ["POST /api/v1/cases/{number}/closing"] = new(Resource.Case, Json(new { }), CaseState.Answered),
        ["POST /api/v1/cases/{number}/appeal/decision"] = new(Resource.Case, Json(new { upheld = true, note = "已复核" }), CaseState.Appealed),
        ["POST /api/v1/cases/{number}/deemed-acceptance"] = new(Resource.Application, Json(new { confirmed = true })),
        ["POST /api/v1/cases/{number}/verification"] = new(Resource.Rating, Json(new { outcome = "FixedAtOnce", note = "已联系核实", checks = new { } })),
        ["POST /api/v1/cases/{number}/remedy"] = new(Resource.Rating, Json(new { note = "增开一个窗口" })),
        ["POST /api/v1/cases/{number}/call-back"] = new(Resource.Rating, Json(new { result = "Content", note = "已回访" })),
        ["POST /api/v1/cases/{number}/rating-appeal"] = new(Resource.Rating, Json(new { ground = "Duplicate", reason = "同一次办理已评价" })),
        ["POST /api/v1/cases/{number}/rating-appeal/decision"] = new(Resource.Rating, Json(new { upheld = true, note = "属实" })),
        ["GET /api/v1/cases/{number}/contact"] = new(Resource.Case),
        ["POST /api/v1/cases/{number}/contact/requests"] = new(Resource.Case, Json(Reason)),
        ["POST /api/v1/cases/{number}/contact/requests/{id:guid}/decision"] = new(Resource.Case, Json(new { granted = true, note = "同意" })),
        ["POST /api/v1/cases/{number}/contact/messages"] = new(Resource.Case, Json(new { text = "请补充经过" })),
        ["POST /api/v1/cases/{number}/contact/reading"] = new(Resource.Case, Json(new { })),
        ["GET /console/cases/{number}/contact"] = new(Resource.Case),
        ["POST /console/cases/{number}/contact"] = new(Resource.Case, Form(("reason", "需外地协查"))),
        ["POST /console/cases/{number}/contact/{id:guid}"] = new(Resource.Case, Form(("granted", "true"), ("note", "同意"))),
        ["POST /console/cases/{number}/contact/messages"] = new(Resource.Case, Form(("text", "请补充经过"))),
        ["POST /console/cases/{number}/contact/reading"] = new(Resource.Case, Form()),
        ["GET /console/cases/{number}"] = new(Resource.Case),
        ["POST /console/cases/{number}"] = new(Resource.Case, Form(("command", "Accept"))),
        ["GET /console/cases/{number}/clock"] = new(Resource.Case),
        ["GET /console/cases/{number}/rating"] = new(Resource.Rating),
        ["POST /console/cases/{number}/rating"] = new(Resource.Rating, Form(("command", "Verify"), ("outcome", "FixedAtOnce"), ("note", "已联系核实"))),

        // First inquiries and their notices.
        ["POST /api/v1/first-contacts"] = new(Resource.Window, t => JsonContent.Create(new { window = t.Window, matter = "咨询转移" })),
        ["POST /api/v1/one-time-notices"] = new(Resource.Application, t => JsonContent.Create(new { caseNumber = t.Number, missing = new[] { "职工档案" } })),
        ["GET /api/v1/one-time-notices/{number}"] = new(Resource.Notice),
        ["POST /api/v1/one-time-notices/{number}/approval"] = new(Resource.Demand, Json(new { approved = true })),
        ["POST /api/v1/one-time-notices/{number}/acknowledgement"] = new(Resource.Notice, Json(new { signature = Signature })),
        ["POST /api/v1/first-contacts/{number}/acknowledgement"] = new(Resource.Application, Json(new { signature = Signature })),
        ["GET /console/register/{number}"] = new(Resource.Application),
        ["GET /console/register/{number}/notice"] = new(Resource.Application),
        ["GET /console/register/{number}/notice/{notice}"] = new(Resource.Application, State: CaseState.AwaitingMaterials),
        ["POST /console/register/{number}/notice"] = new(Resource.Application, Form(("missing", "职工档案"))),
        ["POST /console/register/{number}/notice/{notice}/approval"] = new(Resource.Demand, Form(("approved", "true"), ("reason", ""))),
        ["POST /console/register/{number}/deemed-acceptance"] = new(Resource.Application, Form(("confirmed", "true"), ("reason", ""))),
        ["POST /console/register"] = new(Resource.Window, t => new FormUrlEncodedContent([new("window", t.Window), new("matter", "咨询转移")])),

        // The citizen's own: whoever calls sends a query code, which is the right one for "own" alone.
        ["GET /api/v1/complaints/{caseNumber}"] = new(Resource.Case),
        ["POST /api/v1/complaints/{caseNumber}/materials"] = new(Resource.Case, Json(new { text = "补充一张照片" })),
        ["POST /api/v1/complaints/{caseNumber}/pictures"] = new(Resource.Case, _ => Pictures.Form(Pictures.Png())),
        ["GET /api/v1/complaints/{caseNumber}/pictures/{picture:int}"] = new(Resource.Case),
        ["POST /api/v1/complaints/{caseNumber}/withdrawal"] = new(Resource.Case, Json(new { })),
        ["POST /api/v1/complaints/{caseNumber}/reminder"] = new(Resource.Case, Json(new { })),
        ["POST /api/v1/complaints/{caseNumber}/verdict"] = new(Resource.Case, Json(new { solved = true }), CaseState.Answered),
        ["POST /api/v1/complaints/{caseNumber}/appeal"] = new(Resource.Case, Json(new { text = "没有核实" }), CaseState.Answered),
        ["POST /track"] = new(Resource.Case, t => new FormUrlEncodedContent([new("number", t.Number), new("code", t.Code)])),
        ["POST /track/pictures"] = new(Resource.Case, t => Pictures.FormWith([new("number", t.Number), new("code", t.Code), new("command", "AddPictures")], Pictures.Png())),
        ["POST /track/acknowledgement"] = new(Resource.Application, t => new FormUrlEncodedContent([new("number", t.Number), new("code", t.Code), new("document", t.Number)])),

        // Open to all.
        ["POST /api/v1/complaints"] = new(Resource.None, t => JsonContent.Create(new { window = t.Token, about = "Delay", text = "等了四天" })),
        ["POST /api/v1/ratings"] = new(Resource.None, t => JsonContent.Create(new { window = t.Token, grade = 5 })),
        ["POST /api/v1/ratings/{receipt}/messages"] = new(Resource.None, Json(new { text = "已解决" })),
        ["POST /api/v1/ratings/{receipt}/supplement"] = new(Resource.None, Json(new { grade = 4, comment = "补充" })),
        ["POST /w/{token}"] = new(Resource.None, t => new FormUrlEncodedContent([new("grade", "5"), new("ticket", t.Ticket)])),
        ["POST /w/{token}/complaint"] = new(Resource.None, t => new FormUrlEncodedContent([new("about", "Delay"), new("text", "等了四天")])),
        ["POST /r"] = new(Resource.None, t => new FormUrlEncodedContent([new("receipt", t.Receipt)])),
        ["POST /console/sign-in"] = new(Resource.None, Form(("login", "nobody"), ("password", "wrong-password"))),
        ["POST /console/sign-in/code"] = new(Resource.None, Form(("code", "000000"))),
        ["POST /console/sign-in/second-factor"] = new(Resource.None, Form(("code", "000000"), ("proposal", "x"))),
        ["POST /console/sign-in/password"] = new(Resource.None, Form(("newPassword", "another-password"), ("repeated", "another-password"))),
        ["POST /console/language"] = new(Resource.None, Form(("lang", "zh-CN"), ("returnUrl", "/console"))),
        ["POST /console/sign-out"] = new(Resource.None, Form()),

        // The hall's own.
        ["GET /api/v1/windows/{code}/qr.svg"] = new(Resource.Window),
        ["GET /api/v1/windows/{code}/qr.png"] = new(Resource.Window),
        ["POST /api/v1/windows/{code}/token"] = new(Resource.Window, Json(new { })),
        ["GET /windows/{code}/poster"] = new(Resource.Window),
        ["GET /windows/{code}/screen"] = new(Resource.Window),
        ["POST /console/windows"] = new(Resource.Window, t => new FormUrlEncodedContent([new("window", t.Window)])),
        ["POST /api/v1/halls/{code}/days"] = new(Resource.Hall, Json(new { day = "2027-03-02", works = false, reason = "停电" })),
        ["POST /console/calendar"] = new(Resource.Hall, t => new FormUrlEncodedContent([new("hall", t.Hall), new("day", "2027-03-02"), new("works", "false"), new("reason", "停电")])),
        ["GET /api/v1/statistics/monthly"] = new(Resource.None, Query: "?month=2026-11"),
        ["POST /api/v1/ratings/batch"] = new(Resource.None, _ => new StringContent("", null, "application/x-ndjson")),
        ["POST /api/v1/ratings/{id:guid}/flag-decision"] = new(Resource.None, Json(new { confirmed = true, reason = "自刷" })),
        ["POST /console/praise/{id:guid}"] = new(Resource.None, Form(("confirmed", "true"), ("reason", "自刷"))),
        ["POST /console/notices"] = new(Resource.None, Form()),
        ["POST /api/v1/notices/read"] = new(Resource.None, Json(new { })),

        // Staff.
        ["PUT /api/v1/staff/{login}/address"] = new(Resource.Person, Json(new { email = (string?)null })),
        ["PUT /api/v1/staff/{login}/deputy"] = new(Resource.Person, Json(new { deputy = (string?)null })),
        ["POST /api/v1/staff/{login}/absences"] = new(Resource.Person, Json(new { firstDay = "2027-03-01", lastDay = "2027-03-02" })),
        ["DELETE /api/v1/staff/{login}/absences/{id:guid}"] = new(Resource.Person),
        ["POST /console/duty/deputy"] = new(Resource.Person, t => new FormUrlEncodedContent([new("login", t.Login)])),
        ["POST /console/duty/absence"] = new(Resource.Person, t => new FormUrlEncodedContent([new("login", t.Login), new("firstDay", "2027-04-01"), new("lastDay", "2027-04-02")])),
        ["POST /console/duty/end"] = new(Resource.Person, t => new FormUrlEncodedContent([new("login", t.Login), new("id", NoKey)])),
        ["POST /api/v1/tokens"] = new(Resource.None, Json(new { label = "取数" })),
        ["PUT /api/v1/account/second-factor"] = new(Resource.None, Json(new { proposal = "x", code = "000000" })),
        ["POST /api/v1/account/second-factor/proposal"] = new(Resource.None, Json(new { })),
        ["POST /api/v1/account/second-factor/removal"] = new(Resource.None, Json(new { })),
        ["PUT /api/v1/account/password"] = new(Resource.None, Json(new { currentPassword = "feedback-demo", newPassword = "another-password" })),
        ["POST /console/account"] = new(Resource.None, Form(("command", "EndOtherSessions"))),
        ["POST /console/account/second-factor"] = new(Resource.None, Form(("code", "000000"), ("proposal", "x"))),
        ["POST /console/staff"] = new(Resource.None, Form(("command", "Close"), ("login", "nobody"))),
        ["POST /api/v1/staff"] = new(Resource.None, Json(new { login = "newcomer" })),
        ["POST /api/v1/staff/{login}/password"] = new(Resource.None, Json(new { })),
        ["POST /api/v1/staff/{login}/deactivation"] = new(Resource.None, Json(new { })),
        ["POST /api/v1/staff/{login}/reactivation"] = new(Resource.None, Json(new { })),

        // The rules and the outbox: what is sent is refused for its content, which only who may come in learns.
        ["POST /api/v1/policies"] = new(Resource.None, Json(new { reason = "试行" })),
        ["POST /api/v1/policies/{version:int}/decision"] = new(Resource.None, Json(new { approved = true, note = "同意" })),
        ["POST /console/rules"] = new(Resource.None, Form(("reason", "试行"))),
        ["POST /console/rules/{version:int}/decision"] = new(Resource.None, Form(("approved", "true"), ("note", "同意"))),
        ["POST /api/v1/webhooks"] = new(Resource.None, Json(new { url = "http://", label = "督办" })),
        ["POST /api/v1/webhooks/{id:guid}/test"] = new(Resource.None, Json(new { })),
        ["POST /api/v1/outbox/{id:guid}/replay"] = new(Resource.None, Json(new { })),
        ["POST /console/outbox/webhooks"] = new(Resource.None, Form(("url", "http://"), ("label", "督办"))),
        ["POST /console/outbox/webhooks/{id:guid}/test"] = new(Resource.None, Form()),
        ["POST /console/outbox/webhooks/{id:guid}/disable"] = new(Resource.None, Form()),
        ["POST /console/outbox/messages/{id:guid}/replay"] = new(Resource.None, Form()),
    };

    private static readonly SampleRequest Plain = new(Resource.None);

    /// <summary>The smallest PNG there is.</summary>
    private static string Signature => "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

    public static SampleRequest For(string endpoint) => Listed.GetValueOrDefault(endpoint, Plain);

    /// <summary>Endpoints that are listed and that nobody opened.</summary>
    public static IEnumerable<string> WithoutEndpoint(IEnumerable<string> endpoints) => Listed.Keys.Except(endpoints);

    /// <summary>The situations in which its resource can be.</summary>
    public IReadOnlyList<Situation> Situations => Resource switch
    {
        Resource.None => [Situation.Own],
        Resource.Window or Resource.Hall or Resource.Person or Resource.Notice or Resource.Demand => [Situation.Own, Situation.Other],
        _ => [Situation.Own, Situation.Other, Situation.About, Situation.Sealed],
    };

    /// <summary>The request of an endpoint on a target.</summary>
    public HttpRequestMessage ToHttp(string endpoint, Target target)
    {
        var (method, pattern) = (HttpMethod.Parse(endpoint.Split(' ')[0]), endpoint.Split(' ')[1]);
        var isOfNotice = Resource is Resource.Notice or Resource.Demand && !pattern.Contains("{notice}", StringComparison.Ordinal);
        var path = pattern
            .Replace("{number}", isOfNotice ? target.Notice : target.Number, StringComparison.Ordinal)
            .Replace("{caseNumber}", target.Number, StringComparison.Ordinal)
            .Replace("{notice}", target.Notice, StringComparison.Ordinal)
            .Replace("{code}", Resource == Resource.Hall ? target.Hall : target.Window, StringComparison.Ordinal)
            .Replace("{login}", target.Login, StringComparison.Ordinal)
            .Replace("{token}", target.Token, StringComparison.Ordinal)
            .Replace("{key}", target.Screen, StringComparison.Ordinal)
            .Replace("{receipt}", target.Receipt, StringComparison.Ordinal)
            .Replace("{id}", "00", StringComparison.Ordinal)
            .Replace("{id:guid}", NoKey, StringComparison.Ordinal)
            .Replace("{version:int}", "1", StringComparison.Ordinal)
            .Replace("{picture:int}", "1", StringComparison.Ordinal)
            .Replace("{ticket}", "AAAA", StringComparison.Ordinal)
            .Replace("{documentName}", "v1", StringComparison.Ordinal);
        if (path.Contains('{', StringComparison.Ordinal)) throw new NotSupportedException($"No value is known for a part of {pattern}.");
        var request = new HttpRequestMessage(method, path + Query) { Content = Body?.Invoke(target) };
        request.Headers.Add("X-Query-Code", target.Code);
        return request;
    }

    private static Func<Target, HttpContent?> Json(object body) => _ => JsonContent.Create(body);

    private static Func<Target, HttpContent?> Form(params (string Name, string Value)[] fields) =>
        _ => new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}

/// <summary>The resource that a request is for, by every name that a path or a body may call it.</summary>
/// <param name="Number">A case.</param>
/// <param name="Code">The query code that is sent.</param>
/// <param name="Notice">A one-time notice, or a demand for one.</param>
/// <param name="Window">A window's code.</param>
/// <param name="Hall">A hall's code.</param>
/// <param name="Login">A member of staff.</param>
/// <param name="Token">A window's QR token.</param>
/// <param name="Screen">A window's screen.</param>
/// <param name="Receipt">A rating's receipt.</param>
/// <param name="Ticket">A queue ticket that nobody has used: without one, a device can rate a window once.</param>
internal sealed record Target(string Number, string Code, string Notice, string Window, string Hall, string Login, string Token, string Screen, string Receipt, string Ticket);
