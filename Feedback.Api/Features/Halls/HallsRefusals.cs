using Feedback.Domain;

namespace Feedback.Features.Halls;

/// <summary>What is refused in the use cases of halls.</summary>
internal static class HallsRefusals
{
    public static readonly Refusal ScreenUnknown = new(
        RefusalKind.NotFound, "screen_unknown", "没有这块屏幕。请值班长从工作台的“窗口”页打开。", "There is no such screen. The hall supervisor can open it from the console's windows.");

    public static readonly Refusal ScreenEnded = new(
        RefusalKind.Gone, "screen_ended", "窗口的二维码换过了,这块屏幕已经停用。请值班长从工作台的“窗口”页重新打开。",
        "The window has a new code, so this screen has ended. The hall supervisor can open it anew from the console's windows.");
}
