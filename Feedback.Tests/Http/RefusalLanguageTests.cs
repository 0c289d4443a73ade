using Feedback.Tests.Harness;

namespace Feedback.Tests.Http;

/// <summary>A refusal is a value that all callers share; each reads it in their own language, whoever came first.</summary>
internal sealed class RefusalLanguageTests(Engine engine) : SliceTest(engine)
{
    [TestCase("en", "zh-CN")]
    [TestCase("zh-CN", "en")]
    public async Task Each_caller_reads_a_refusal_in_their_own_language_whoever_asked_first(string first, string second)
    {
        using var staff = await App.SignedIn("handler");
        var window = await App.Token("A01");
        foreach (var language in new[] { first, second, first })
        {
            var english = language == "en";

            // A named refusal of a field, one without a field, a check of a validator, and one that a group decides on.
            await Reads("/api/v1/first-contacts", new { window = "A01", matter = "咨询", doer = "nobody" }, "doer", english ? "Whoever does it belongs to the window's unit." : "承办人须是本单位的工作人员。");
            await Reads("/api/v1/first-contacts", new { window = "A01", matter = "咨询", item = "none" }, "item", english ? "There is no such item." : "没有这个事项。");
            await Reads("/api/v1/cases/20260101-000000/closing", new { }, null, english ? "No such case." : "没有找到这个件。");
            await Reads("/api/v1/ratings", new { window, grade = 9 }, "grade", english ? "Please choose a grade: 5 very satisfied … 1 very dissatisfied." : "请选择一个评价:5 非常满意 … 1 非常不满意。");
            await Reads("/api/v1/ratings", new { window, grade = 5, tags = new[] { "0" } }, "tags", english ? "Tag \"0\" does not belong to this grade." : "标签“0”不属于这个评价等级。");

            async Task Reads(string path, object body, string? field, string sentence)
            {
                staff.DefaultRequestHeaders.AcceptLanguage.Clear();
                staff.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
                var answer = await staff.PostJson(path, body);
                var read = field is null ? answer["title"] : answer["errors"]?[field]?[0];
                Assert.That((string?)read, Is.EqualTo(sentence), $"{path} in {language}: {answer.Json}");
            }
        }
    }
}
