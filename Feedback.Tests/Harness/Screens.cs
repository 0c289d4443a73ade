using System.Text.RegularExpressions;
using Feedback.Tests.Web;

namespace Feedback.Tests.Harness;

/// <summary>The screens at windows, opened as the supervisor does and read as a visitor does.</summary>
internal static partial class Screens
{
    /// <summary>The address of a window's screen.</summary>
    public static async Task<string> Screen(this TestApp app, string window)
    {
        using var supervisor = await app.SignedIn("supervisor");
        var opened = await supervisor.GetPage($"/windows/{window}/screen");
        Assert.That(opened.Status, Is.EqualTo(303));
        return opened.Location!;
    }

    /// <summary>The six digits that a window's screen shows now.</summary>
    public static async Task<string> PresenceCode(this TestApp app, string window) =>
        Digits().Match((await app.Client.GetPage(await app.Screen(window))).Html) is { Success: true } shown
            ? shown.Groups[1].Value + shown.Groups[2].Value
            : throw new AssertionException("The screen shows no code.");

    [GeneratedRegex("class=\"code\">([0-9]{3}) ([0-9]{3})<")]
    private static partial Regex Digits();
}
