using Feedback.Domain;

namespace Feedback.Web;

/// <summary>What the pages refuse by themselves.</summary>
internal static class WebRefusals
{
    public static readonly Refusal CommandUnknown = new(RefusalKind.Invalid, "command_unknown", "没有这个操作。", "There is no such action.");

    public static readonly Refusal PasswordsDiffer = Refusal.OfField("repeated", "passwords_differ", "两次输入的新密码不一样。", "The two new passwords are not the same.");

    /// <summary>Browsers keep no chosen files; the complaint waits until they are chosen again.</summary>
    public static readonly Refusal PicturesGone = new(RefusalKind.Invalid, "pictures_gone", "请重新选择图片。", "Please choose the pictures again.");
}
