using System.Security.Claims;
using Feedback.Domain;
using Feedback.Http;
using Feedback.Schedule;
using Microsoft.AspNetCore.Authorization;

namespace Feedback.Web.Console;

/// <summary>A place in the console; it is shown to whoever its policy lets in.</summary>
/// <param name="Address">Its path.</param>
/// <param name="Name">What the navigation calls it.</param>
/// <param name="Policy">One of <see cref="Access"/>.</param>
internal sealed record Place(string Address, Bilingual Name, string Policy)
{
    public static readonly Place Cases = new("/console/cases", new("办件", "Cases"), Access.Cases);
    public static readonly Place Register = new("/console/register", new("登记", "Register"), Access.Register);
    public static readonly Place Statistics = new("/console/statistics", new("统计", "Statistics"), Access.Statistics);
    public static readonly Place Praise = new("/console/praise", new("疑似刷好评", "Suspected praise"), Access.Inspection);
    public static readonly Place Windows = new("/console/windows", new("窗口", "Windows"), Access.Staff);
    public static readonly Place Calendar = new("/console/calendar", new("工作日历", "Calendar"), Access.Staff);
    public static readonly Place Duty = new("/console/duty", new("在岗", "On duty"), Access.Staff);
    public static readonly Place Rules = new("/console/rules", new("规则", "Rules"), Access.Rules);
    public static readonly Place Outbox = new("/console/outbox", new("发件箱", "Outbox"), Access.Outbox);
    public static readonly Place Staff = new("/console/staff", new("账号", "Accounts"), Access.Accounts);
    public static readonly Place Jobs = new(Dashboard.Address, new("定时任务", "Scheduled jobs"), Access.Jobs);
    public static readonly Place Account = new("/console/account", new("我的账号", "My account"), Access.Account);
    public static readonly Place Notices = new("/console/notices", new("通知", "Notices"), Access.Cases);

    /// <summary>The navigation's, in its order; the bell and one's own account are above it. Everyone who is signed in has at least the windows.</summary>
    private static readonly IReadOnlyList<Place> Navigation = [Cases, Register, Statistics, Praise, Windows, Duty, Calendar, Rules, Outbox, Staff, Jobs];

    public static async Task<IReadOnlyList<Place>> Of(ClaimsPrincipal user, IAuthorizationService authorization)
    {
        var open = new List<Place>();
        foreach (var place in Navigation)
        {
            if (await place.IsOpenTo(user, authorization)) open.Add(place);
        }

        return open;
    }

    public async Task<bool> IsOpenTo(ClaimsPrincipal user, IAuthorizationService authorization) =>
        (await authorization.AuthorizeAsync(user, Policy)).Succeeded;
}
