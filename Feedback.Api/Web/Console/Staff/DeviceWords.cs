using Feedback.Domain;

namespace Feedback.Web.Console.Staff;

/// <summary>A browser as people call it, from how it names itself. Names claim more than they are, so the most particular comes first.</summary>
internal static class DeviceWords
{
    private static readonly IReadOnlyList<(string Mark, Bilingual Name)> Browsers =
    [
        ("MicroMessenger", new("微信", "WeChat")),
        ("Edg", new("Edge", "Edge")),
        ("OPR/", new("Opera", "Opera")),
        ("Firefox/", new("Firefox", "Firefox")),
        ("Chrome/", new("Chrome", "Chrome")),
        ("Safari/", new("Safari", "Safari")),
    ];

    private static readonly IReadOnlyList<(string Mark, Bilingual Name)> Systems =
    [
        ("OpenHarmony", new("鸿蒙", "HarmonyOS")),
        ("Android", new("安卓手机", "Android")),
        ("iPhone", new("iPhone", "iPhone")),
        ("iPad", new("iPad", "iPad")),
        ("Windows", new("Windows", "Windows")),
        ("Mac OS X", new("Mac", "Mac")),
        ("Linux", new("Linux", "Linux")),
    ];

    private static readonly Bilingual Unknown = new("未知设备", "Unknown device");

    /// <param name="userAgent">The header of the sign-in; null or nonsense is an unknown device.</param>
    public static Bilingual Of(string? userAgent) => (Find(Browsers, userAgent), Find(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => new($"{browser.Zh} · {system.Zh}", $"{browser.En} · {system.En}"),
        var (browser, system) => browser ?? system ?? Unknown,
    };

    private static Bilingual? Find(IReadOnlyList<(string Mark, Bilingual Name)> known, string? userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent?.Contains(mark, StringComparison.Ordinal) is true) return name;
        }

        return null;
    }
}
