using System.Reflection;
using System.Text.RegularExpressions;
using Feedback.Data;
using Feedback.Tests.Architecture;

namespace Feedback.Tests.Data;

/// <summary>One SQL statement of the product.</summary>
/// <param name="Owner">The type it is written in.</param>
/// <param name="Name">Of the constant; null for a literal that is no constant.</param>
/// <param name="Text">As written: each engine reads <c>in @list</c> in its own way, and makes a statement of a claim.</param>
internal sealed record SqlText(Type Owner, string? Name, string Text, RowClaim? Claim = null)
{
    public bool IsOfDialect => Compiled.WithThoseAround(Owner).Any(t => t.IsSubclassOf(typeof(Dialect)));

    /// <summary>The statement, and where it ends in an ORDER BY the same cut to a number of rows.</summary>
    public IEnumerable<string> AsRunOn(Dialect dialect)
    {
        if (Claim is not null) return [dialect.Claim(Claim)];

        // What a list holds is known when it is run; a statement must be right for any.
        var texts = Enum.GetValues<ListOf>().Select(of => ListParameters.Rewrite(dialect, Text, _ => of)).Distinct().ToList();
        return SqlTexts.EndsInOrderBy(Text) ? [.. texts, .. texts.Select(dialect.Limited)] : texts;
    }

    public override string ToString() => $"{Owner.FullName}.{Name ?? "(literal)"}";
}

/// <summary>Collects every statement from the compiled product, so that none escapes by where it is written.</summary>
internal static partial class SqlTexts
{
    public static readonly IReadOnlyList<SqlText> All = [.. Compiled.Product.SelectMany(Of).Distinct()];

    /// <summary>The statements of one type. A constant whose name ends in Sql is one whatever it says.</summary>
    public static IEnumerable<SqlText> Of(Type type)
    {
        var constants = Compiled.Constants(type).ToList();
        var owner = Compiled.Writer(type);
        foreach (var (name, value) in constants.Where(c => c.Name.EndsWith("Sql", StringComparison.Ordinal) || Looks().IsMatch(c.Value))) yield return new SqlText(owner, name, value);
        foreach (var claim in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Where(f => f.FieldType == typeof(RowClaim)))
        {
            var value = (RowClaim)claim.GetValue(null)!;
            yield return new SqlText(owner, claim.Name, value.ToString(), value);
        }

        var known = Compiled.WithThoseAround(type).SelectMany(Compiled.Constants).Select(c => c.Value).ToHashSet();
        foreach (var text in Compiled.Literals(type).Where(text => Looks().IsMatch(text) && !known.Contains(text))) yield return new SqlText(owner, null, text);
    }

    public static bool EndsInOrderBy(string sql) => Ordered().IsMatch(sql);

    [GeneratedRegex(@"^\s*(select\s|insert\s+into\s|update\s.*\sset\s|delete\s+from\s|merge\s|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|unique|view|trigger)\s|if\s+(not\s+)?(exists|object_id)\b|pragma\s|declare\s+@)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Looks();

    [GeneratedRegex(@"\border\s+by\s+[^()]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Ordered();
}
