using System.Reflection;
using Feedback.Domain;
using Feedback.Http;

namespace Feedback.Tests.Architecture;

/// <summary>
/// A text stays in both languages until somebody's reader is known. Rendered before, it speaks the language of whoever came first, or
/// of the thread that happened to be there.
/// </summary>
internal sealed class RenderedTextTests
{
    /// <summary>Where readers are: answers, pages, e-mails and webhooks, the command line and the table of a first start.</summary>
    private static readonly string[] Edges = ["Feedback.Http", "Feedback.Web", "Feedback.Notifications", "Feedback.Commands", "Feedback.Demo"];

    /// <summary>What is made for one reader although it lies elsewhere, and is no refusal.</summary>
    private static readonly string[] Allowed =
    [
        "Feedback.Domain.Bilingual",
        "Feedback.Features.Statistics.StatisticsTable", // the columns of the file that the caller asked for
        "Feedback.Features.Complaints.TrackComplaint+Handler", // sentences of the history, one text each in the contract
        "Feedback.Features.Ratings.ShowBadRating+Handler", // the words of a tag, one text each in the contract
    ];

    [Test]
    public void Only_the_edge_renders_texts() => Assert.That(
        Renderings(Compiled.Uses).Where(u => !IsEdge(u.By)).Select(u => u.ToString()).Distinct().Order(), Is.Empty);

    [Test]
    public void What_is_allowed_still_needs_it() =>
        Assert.That(Allowed.Except(Renderings(Compiled.Uses).Select(u => u.By.FullName)).Except(["Feedback.Domain.Bilingual"]), Is.Empty);

    [Test]
    public void A_text_that_is_rendered_in_any_way_is_seen() => Assert.That(
        Renderings(typeof(RenderedTextTests).Assembly.GetTypes().SelectMany(Compiled.UsesOf)).Where(u => Compiled.WithThoseAround(u.By).Contains(typeof(Offender))).Select(u => u.By.Name).Distinct().Order(),
        Is.EqualTo(new[] { "ByCulture", "ByInterpolation", "ByJoining", "ByName", "OfFieldError" }));

    private static IEnumerable<Use> Renderings(IEnumerable<Use> uses) => uses.Where(u =>
        u.Of == typeof(Bilingual) ? u.What is MethodInfo { Name: nameof(Bilingual.ToString) or nameof(Bilingual.In) }
        : u.What is MethodInfo { IsGenericMethod: true, Name: "AppendFormatted" or "Join" or "Concat" or "Append" } made && made.GetGenericArguments().Any(a => (Nullable.GetUnderlyingType(a) ?? a) == typeof(Bilingual)));

    private static bool IsEdge(Type by) =>
        Edges.Any(edge => by.Namespace is { } own && (own == edge || own.StartsWith(edge + ".", StringComparison.Ordinal)))
        || Compiled.WithThoseAround(by).Any(t => t.IsAssignableTo(typeof(IEndpoint)))
        || Allowed.Contains(by.FullName);

    private static class Offender
    {
        public static class ByName
        {
            public static string Of(Refusal refusal) => refusal.Message.ToString();
        }

        public static class ByCulture
        {
            public static string Of(Refusal refusal) => refusal.Message.In(System.Globalization.CultureInfo.InvariantCulture);
        }

        public static class ByInterpolation
        {
            public static string Of(Refusal refusal) => $"Refused: {refusal.Message}";
        }

        public static class ByJoining
        {
            public static string Of(IEnumerable<Bilingual> texts) => string.Join(' ', texts);
        }

        public static class OfFieldError
        {
            public static IEnumerable<string> Of(Refusal refusal) => refusal.Errors.Select(e => e.Message.ToString());
        }
    }
}
