using System.Net.Http.Json;
using Feedback.Casework;
using Feedback.Casework.Inquiries;
using Feedback.Data;
using Feedback.Domain.Cases;
using Feedback.Features.Complaints;
using Feedback.Notifications;
using Feedback.Tests.Harness;
using Feedback.Web;

namespace Feedback.Tests.Security;

/// <summary>What a door is asked for.</summary>
internal enum Thing
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

/// <summary>How a door is knocked at: with a body that is valid, so that nothing but the caller decides.</summary>
/// <param name="Thing">What it is asked for.</param>
/// <param name="Body">Makes the content; none for a GET.</param>
/// <param name="State">Where a case stands before.</param>
/// <param name="Query">Behind the path, with its question mark.</param>
internal sealed record Knock(Thing Thing, Func<Target, HttpContent?>? Body = null, CaseState State = CaseState.Filed, string Query = "")
{
    /// <summary>The key of nothing.</summary>
    private const string NoKey = "0198f000-0000-7000-8000-000000000000";

    private static readonly object Reason = new { reason = "需外地协查" };

    /// <summary>By door. Doors that need no body and ask for nothing of anybody are not listed.</summary>
    private static readonly Dictionary<string, Knock> Listed = new()
    {
        // Cases.
        ["GET /api/v1/cases/{number}"] = new(Thing.Case),
        ["GET /api/v1/cases/{number}/clock"] = new(Thing.Case),
        ["GET /api/v1/cases/{number}/pictures/{picture:int}"] = new(Thing.Case),
        ["GET /api/v1/cases/{number}/rating"] = new(Thing.Rating),
        ["POST /api/v1/cases/{number}/acceptance"] = new(Thing.Case, Json(new { })),
        ["POST /api/v1/cases/{number}/refusal"] = new(Thing.Case, Json(new { reason = "不属于人社业务", rightBody = "市医保局" })),
        ["POST /api/v1/cases/{number}/answer"] = new(Thing.Case, Json(new { text = "已核实" }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/pause"] = new(Thing.Case, Json(new { reason = "Hearing", evidence = "听证通知 7 号" }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/resumption"] = new(Thing.Case, Json(new { }), CaseState.Paused),
        ["POST /api/v1/cases/{number}/extension"] = new(Thing.Case, Json(Reason), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/extension/decision"] = new(Thing.Case, Json(new { granted = false }), CaseState.Accepted),
        ["POST /api/v1/cases/{number}/hand-over"] = new(Thing.Case, Json(new { unit = "LR", reason = "属于该单位业务" })),
        ["POST /api/v1/cases/{number}/hand-over/answer"] = new(Thing.Case, Json(new { accepted = true })),
        ["POST /api/v1/cases/{number}/arbitration"] = new(Thing.Case, Json(new { unit = "LR", reason = "属于该单位业务" })),
        ["POST /api/v1/cases/{number}/group"] = new(Thing.Case, t => JsonContent.Create(new { lead = t.Number })),
        ["POST /api/v1/cases/{number}/closing"] = new(Thing.Case, Json(new { }), CaseState.Answered),
        ["POST /api/v1/cases/{number}/appeal/decision"] = new(Thing.Case, Json(new { upheld = true, note = "已复核" }), CaseState.Appealed),
        ["POST /api/v1/cases/{number}/deemed-acceptance"] = new(Thing.Application, Json(new { confirmed = true })),
        ["POST /api/v1/cases/{number}/verification"] = new(Thing.Rating, Json(new { outcome = "FixedAtOnce", note = "已联系核实", checks = new { } })),
        ["POST /api/v1/cases/{number}/remedy"] = new(Thing.Rating, Json(new { note = "增开一个窗口" })),
        ["POST /api/v1/cases/{number}/call-back"] = new(Thing.Rating, Json(new { result = "Content", note = "已回访" })),
        ["POST /api/v1/cases/{number}/rating-appeal"] = new(Thing.Rating, Json(new { ground = "Duplicate", reason = "同一次办理已评价" })),
        ["POST /api/v1/cases/{number}/rating-appeal/decision"] = new(Thing.Rating, Json(new { upheld = true, note = "属实" })),
        ["GET /api/v1/cases/{number}/contact"] = new(Thing.Case),
        ["POST /api/v1/cases/{number}/contact/requests"] = new(Thing.Case, Json(Reason)),
        ["POST /api/v1/cases/{number}/contact/requests/{id:guid}/decision"] = new(Thing.Case, Json(new { granted = true, note = "同意" })),
        ["POST /api/v1/cases/{number}/contact/messages"] = new(Thing.Case, Json(new { text = "请补充经过" })),
        ["POST /api/v1/cases/{number}/contact/reading"] = new(Thing.Case, Json(new { })),
        ["GET /console/cases/{number}/contact"] = new(Thing.Case),
        ["POST /console/cases/{number}/contact"] = new(Thing.Case, Form(("reason", "需外地协查"))),
        ["POST /console/cases/{number}/contact/{id:guid}"] = new(Thing.Case, Form(("granted", "true"), ("note", "同意"))),
        ["POST /console/cases/{number}/contact/messages"] = new(Thing.Case, Form(("text", "请补充经过"))),
        ["POST /console/cases/{number}/contact/reading"] = new(Thing.Case, Form()),
        ["GET /console/cases/{number}"] = new(Thing.Case),
        ["POST /console/cases/{number}"] = new(Thing.Case, Form(("command", "Accept"))),
        ["GET /console/cases/{number}/clock"] = new(Thing.Case),
        ["GET /console/cases/{number}/rating"] = new(Thing.Rating),
        ["POST /console/cases/{number}/rating"] = new(Thing.Rating, Form(("command", "Verify"), ("outcome", "FixedAtOnce"), ("note", "已联系核实"))),

        // First inquiries and their notices.
        ["POST /api/v1/first-contacts"] = new(Thing.Window, t => JsonContent.Create(new { window = t.Window, matter = "咨询转移" })),
        ["POST /api/v1/one-time-notices"] = new(Thing.Application, t => JsonContent.Create(new { caseNumber = t.Number, missing = new[] { "职工档案" } })),
        ["GET /api/v1/one-time-notices/{number}"] = new(Thing.Notice),
        ["POST /api/v1/one-time-notices/{number}/approval"] = new(Thing.Demand, Json(new { approved = true })),
        ["POST /api/v1/one-time-notices/{number}/acknowledgement"] = new(Thing.Notice, Json(new { signature = Signature })),
        ["POST /api/v1/first-contacts/{number}/acknowledgement"] = new(Thing.Application, Json(new { signature = Signature })),
        ["GET /console/register/{number}"] = new(Thing.Application),
        ["GET /console/register/{number}/notice"] = new(Thing.Application),
        ["GET /console/register/{number}/notice/{notice}"] = new(Thing.Application, State: CaseState.AwaitingMaterials),
        ["POST /console/register/{number}/notice"] = new(Thing.Application, Form(("missing", "职工档案"))),
        ["POST /console/register/{number}/notice/{notice}/approval"] = new(Thing.Demand, Form(("approved", "true"), ("reason", ""))),
        ["POST /console/register/{number}/deemed-acceptance"] = new(Thing.Application, Form(("confirmed", "true"), ("reason", ""))),
        ["POST /console/register"] = new(Thing.Window, t => new FormUrlEncodedContent([new("window", t.Window), new("matter", "咨询转移")])),

        // The citizen's own: whoever knocks sends a query code, which is the right one for "own" alone.
        ["GET /api/v1/complaints/{caseNumber}"] = new(Thing.Case),
        ["POST /api/v1/complaints/{caseNumber}/materials"] = new(Thing.Case, Json(new { text = "补充一张照片" })),
        ["POST /api/v1/complaints/{caseNumber}/pictures"] = new(Thing.Case, _ => Pictures.Form(Pictures.Png())),
        ["GET /api/v1/complaints/{caseNumber}/pictures/{picture:int}"] = new(Thing.Case),
        ["POST /api/v1/complaints/{caseNumber}/withdrawal"] = new(Thing.Case, Json(new { })),
        ["POST /api/v1/complaints/{caseNumber}/reminder"] = new(Thing.Case, Json(new { })),
        ["POST /api/v1/complaints/{caseNumber}/verdict"] = new(Thing.Case, Json(new { solved = true }), CaseState.Answered),
        ["POST /api/v1/complaints/{caseNumber}/appeal"] = new(Thing.Case, Json(new { text = "没有核实" }), CaseState.Answered),
        ["POST /track"] = new(Thing.Case, t => new FormUrlEncodedContent([new("number", t.Number), new("code", t.Code)])),
        ["POST /track/pictures"] = new(Thing.Case, t => Pictures.FormWith([new("number", t.Number), new("code", t.Code), new("command", "AddPictures")], Pictures.Png())),
        ["POST /track/acknowledgement"] = new(Thing.Application, t => new FormUrlEncodedContent([new("number", t.Number), new("code", t.Code), new("document", t.Number)])),

        // Open to all.
        ["POST /api/v1/complaints"] = new(Thing.None, t => JsonContent.Create(new { window = t.Token, about = "Delay", text = "等了四天" })),
        ["POST /api/v1/ratings"] = new(Thing.None, t => JsonContent.Create(new { window = t.Token, grade = 5 })),
        ["POST /api/v1/ratings/{receipt}/messages"] = new(Thing.None, Json(new { text = "已解决" })),
        ["POST /api/v1/ratings/{receipt}/supplement"] = new(Thing.None, Json(new { grade = 4, comment = "补充" })),
        ["POST /w/{token}"] = new(Thing.None, t => new FormUrlEncodedContent([new("grade", "5"), new("ticket", t.Ticket)])),
        ["POST /w/{token}/complaint"] = new(Thing.None, t => new FormUrlEncodedContent([new("about", "Delay"), new("text", "等了四天")])),
        ["POST /r"] = new(Thing.None, t => new FormUrlEncodedContent([new("receipt", t.Receipt)])),
        ["POST /console/sign-in"] = new(Thing.None, Form(("login", "nobody"), ("password", "wrong-password"))),
        ["POST /console/sign-in/code"] = new(Thing.None, Form(("code", "000000"))),
        ["POST /console/sign-in/second-factor"] = new(Thing.None, Form(("code", "000000"), ("proposal", "x"))),
        ["POST /console/sign-in/password"] = new(Thing.None, Form(("newPassword", "another-password"), ("repeated", "another-password"))),
        ["POST /console/language"] = new(Thing.None, Form(("lang", "zh-CN"), ("returnUrl", "/console"))),
        ["POST /console/sign-out"] = new(Thing.None, Form()),

        // The hall's own.
        ["GET /api/v1/windows/{code}/qr.svg"] = new(Thing.Window),
        ["GET /api/v1/windows/{code}/qr.png"] = new(Thing.Window),
        ["POST /api/v1/windows/{code}/token"] = new(Thing.Window, Json(new { })),
        ["GET /windows/{code}/poster"] = new(Thing.Window),
        ["GET /windows/{code}/screen"] = new(Thing.Window),
        ["POST /console/windows"] = new(Thing.Window, t => new FormUrlEncodedContent([new("window", t.Window)])),
        ["POST /api/v1/halls/{code}/days"] = new(Thing.Hall, Json(new { day = "2027-03-02", works = false, reason = "停电" })),
        ["POST /console/calendar"] = new(Thing.Hall, t => new FormUrlEncodedContent([new("hall", t.Hall), new("day", "2027-03-02"), new("works", "false"), new("reason", "停电")])),
        ["GET /api/v1/statistics/monthly"] = new(Thing.None, Query: "?month=2026-11"),
        ["POST /api/v1/ratings/batch"] = new(Thing.None, _ => new StringContent("", null, "application/x-ndjson")),
        ["POST /api/v1/ratings/{id:guid}/flag-decision"] = new(Thing.None, Json(new { confirmed = true, reason = "自刷" })),
        ["POST /console/praise/{id:guid}"] = new(Thing.None, Form(("confirmed", "true"), ("reason", "自刷"))),
        ["POST /console/notices"] = new(Thing.None, Form()),
        ["POST /api/v1/notices/read"] = new(Thing.None, Json(new { })),

        // Staff.
        ["PUT /api/v1/staff/{login}/address"] = new(Thing.Person, Json(new { email = (string?)null })),
        ["PUT /api/v1/staff/{login}/deputy"] = new(Thing.Person, Json(new { deputy = (string?)null })),
        ["POST /api/v1/staff/{login}/absences"] = new(Thing.Person, Json(new { firstDay = "2027-03-01", lastDay = "2027-03-02" })),
        ["DELETE /api/v1/staff/{login}/absences/{id:guid}"] = new(Thing.Person),
        ["POST /console/duty/deputy"] = new(Thing.Person, t => new FormUrlEncodedContent([new("login", t.Login)])),
        ["POST /console/duty/absence"] = new(Thing.Person, t => new FormUrlEncodedContent([new("login", t.Login), new("firstDay", "2027-04-01"), new("lastDay", "2027-04-02")])),
        ["POST /console/duty/end"] = new(Thing.Person, t => new FormUrlEncodedContent([new("login", t.Login), new("id", NoKey)])),
        ["POST /api/v1/tokens"] = new(Thing.None, Json(new { label = "取数" })),
        ["PUT /api/v1/account/second-factor"] = new(Thing.None, Json(new { proposal = "x", code = "000000" })),
        ["POST /api/v1/account/second-factor/proposal"] = new(Thing.None, Json(new { })),
        ["POST /api/v1/account/second-factor/removal"] = new(Thing.None, Json(new { })),
        ["PUT /api/v1/account/password"] = new(Thing.None, Json(new { currentPassword = "feedback-demo", newPassword = "another-password" })),
        ["POST /console/account"] = new(Thing.None, Form(("command", "EndOtherSessions"))),
        ["POST /console/account/second-factor"] = new(Thing.None, Form(("code", "000000"), ("proposal", "x"))),
        ["POST /console/staff"] = new(Thing.None, Form(("command", "Close"), ("login", "nobody"))),
        ["POST /api/v1/staff"] = new(Thing.None, Json(new { login = "newcomer" })),
        ["POST /api/v1/staff/{login}/password"] = new(Thing.None, Json(new { })),
        ["POST /api/v1/staff/{login}/deactivation"] = new(Thing.None, Json(new { })),
        ["POST /api/v1/staff/{login}/reactivation"] = new(Thing.None, Json(new { })),

        // The rules and the outbox: what is sent is refused for its content, which only who may come in learns.
        ["POST /api/v1/policies"] = new(Thing.None, Json(new { reason = "试行" })),
        ["POST /api/v1/policies/{version:int}/decision"] = new(Thing.None, Json(new { approved = true, note = "同意" })),
        ["POST /console/rules"] = new(Thing.None, Form(("reason", "试行"))),
        ["POST /console/rules/{version:int}/decision"] = new(Thing.None, Form(("approved", "true"), ("note", "同意"))),
        ["POST /api/v1/webhooks"] = new(Thing.None, Json(new { url = "http://", label = "督办" })),
        ["POST /api/v1/webhooks/{id:guid}/test"] = new(Thing.None, Json(new { })),
        ["POST /api/v1/outbox/{id:guid}/replay"] = new(Thing.None, Json(new { })),
        ["POST /console/outbox/webhooks"] = new(Thing.None, Form(("url", "http://"), ("label", "督办"))),
        ["POST /console/outbox/webhooks/{id:guid}/test"] = new(Thing.None, Form()),
        ["POST /console/outbox/webhooks/{id:guid}/disable"] = new(Thing.None, Form()),
        ["POST /console/outbox/messages/{id:guid}/replay"] = new(Thing.None, Form()),
    };

    private static readonly Knock Plain = new(Thing.None);

    /// <summary>The smallest PNG there is.</summary>
    private static string Signature => "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=";

    public static Knock At(string door) => Listed.GetValueOrDefault(door, Plain);

    /// <summary>Doors that are listed and that nobody opened.</summary>
    public static IEnumerable<string> Beside(IEnumerable<string> doors) => Listed.Keys.Except(doors);

    /// <summary>The situations in which its thing can be.</summary>
    public IReadOnlyList<Situation> Situations => Thing switch
    {
        Thing.None => [Situation.Own],
        Thing.Window or Thing.Hall or Thing.Person or Thing.Notice or Thing.Demand => [Situation.Own, Situation.Other],
        _ => [Situation.Own, Situation.Other, Situation.About, Situation.Sealed],
    };

    /// <summary>The request of a door on a target.</summary>
    public HttpRequestMessage Request(string door, Target target)
    {
        var (method, pattern) = (HttpMethod.Parse(door.Split(' ')[0]), door.Split(' ')[1]);
        var isOfNotice = Thing is Thing.Notice or Thing.Demand && !pattern.Contains("{notice}", StringComparison.Ordinal);
        var path = pattern
            .Replace("{number}", isOfNotice ? target.Notice : target.Number, StringComparison.Ordinal)
            .Replace("{caseNumber}", target.Number, StringComparison.Ordinal)
            .Replace("{notice}", target.Notice, StringComparison.Ordinal)
            .Replace("{code}", Thing == Thing.Hall ? target.Hall : target.Window, StringComparison.Ordinal)
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

/// <summary>What a knock is for, by every name that a path or a body may call it.</summary>
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
