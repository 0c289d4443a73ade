using System.Reflection;
using System.Text.RegularExpressions;
using Feedback.Domain;

namespace Feedback.Tests.Architecture;

/// <summary>Refusals stand in one catalogue an area: whoever looks for a code finds one place, and programs can rely on what it says.</summary>
internal sealed partial class RefusalCatalogueTests
{
    private const BindingFlags Static = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>What means the same of different things and is told in words of its own for each.</summary>
    private static readonly string[] Shared =
    [
        "body_malformed", "code_wrong", "extension_too_late", "field_malformed", "hall_unknown", "item_unknown", "own_request", "picture_unknown", "staff_unknown", "unit_unknown", "window_unknown",
    ];

    private static readonly Type[] Catalogues = [.. Compiled.Product.Where(IsCatalogue)];

    private static readonly Refusal[] Refusals = [.. Catalogues.SelectMany(Named), .. Catalogues.SelectMany(Made)];

    [Test]
    public void A_refusal_is_made_in_its_catalogue_only() => Assert.That(
        Making(Compiled.Uses).Where(u => u.By != typeof(Refusal) && !IsCatalogue(u.By)).Select(u => u.ToString()).Distinct().Order(), Is.Empty);

    [Test]
    public void A_refusal_that_is_made_elsewhere_is_seen() => Assert.That(
        Making(typeof(RefusalCatalogueTests).Assembly.GetTypes().SelectMany(Compiled.UsesOf)).Where(u => Compiled.WithThoseAround(u.By).Contains(typeof(Offender))).Select(u => u.By.Name).Distinct().Order(),
        Is.EqualTo(new[] { "ByConstructor", "OfAField" }));

    [Test]
    public void Each_code_says_one_thing_but_those_that_are_shared()
    {
        Assert.That(Refusals, Has.Length.GreaterThanOrEqualTo(150));
        Assert.That(Refusals.GroupBy(r => r.Code).Where(g => g.Select(r => r.Message).Distinct().Count() > 1).Select(g => g.Key).Order(), Is.EqualTo(Shared));
    }

    [Test]
    public void Codes_are_snake_case_and_texts_are_there_in_both_languages() => Assert.Multiple(() =>
    {
        Assert.That(Refusals.SelectMany(r => r.Errors.Select(e => e.Code).Append(r.Code)).Where(code => !Code().IsMatch(code)), Is.Empty);
        Assert.That(Refusals.SelectMany(r => r.Errors.Select(e => e.Message).Append(r.Message)).Where(text => !Chinese().IsMatch(text.Zh) || Chinese().IsMatch(text.En) || string.IsNullOrWhiteSpace(text.En)), Is.Empty);
    });

    /// <summary>The constructors and the maker of a field's refusal; a copy with another kind is no new one.</summary>
    private static IEnumerable<Use> Making(IEnumerable<Use> uses) => uses.Where(u => u.Of == typeof(Refusal) && (u.What is ConstructorInfo || u.What.Name == nameof(Refusal.OfField)));

    private static bool IsCatalogue(Type type) => type.Name.EndsWith("Refusals", StringComparison.Ordinal) && type is { IsAbstract: true, IsSealed: true };

    private static IEnumerable<Refusal> Named(Type catalogue) => catalogue.GetFields(Static).Where(f => f.FieldType == typeof(Refusal)).Select(f => (Refusal)f.GetValue(null)!);

    /// <summary>Those that are made for a number, a word or a field, made for one of each.</summary>
    private static IEnumerable<Refusal> Made(Type catalogue) =>
        from method in catalogue.GetMethods(Static)
        where method.ReturnType == typeof(Refusal)
        let parameters = method.GetParameters()
        where parameters.All(p => p.ParameterType == typeof(int) || p.ParameterType == typeof(string))
        select (Refusal)method.Invoke(null, [.. parameters.Select(p => p.ParameterType == typeof(int) ? 7 : (object)"x")])!;

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex Code();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();

    private static class Offender
    {
        public static class ByConstructor
        {
            public static readonly Refusal No = new(RefusalKind.Conflict, "no", "不行。", "No.");
        }

        public static class OfAField
        {
            public static Refusal No() => Refusal.OfField("field", "no", "不行。", "No.");
        }
    }
}
