using Feedback.Domain;

namespace Feedback.Web;

/// <summary>Both languages of every sentence stand side by side where it is used: <c>@L("提交", "Submit")</c>.</summary>
internal static class Language
{
    public static string L(string zh, string en) => new Bilingual(zh, en).ToString();
}
