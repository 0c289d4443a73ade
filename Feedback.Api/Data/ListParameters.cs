using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;

namespace Feedback.Data;

/// <summary>What the items of a list are, for engines that must be told.</summary>
internal enum ListOf
{
    /// <summary>Texts, and days, which are stored as such.</summary>
    Texts,

    /// <summary>Whole numbers.</summary>
    Numbers,

    /// <summary>Keys of 16 bytes.</summary>
    Keys,
}

/// <summary>
/// The parameters of a statement that says <c>column in @list</c>. A list of any length is one parameter, so that no engine's limit of
/// parameters is met and a statement is the same for every length; how the statement reads it is the dialect's.
/// </summary>
internal sealed partial class ListParameters : SqlMapper.IDynamicParameters
{
    private static readonly ConcurrentDictionary<(Type Dialect, string Sql, Type Args), string> Known = new();

    private readonly Dialect _dialect;
    private readonly object _args;

    private ListParameters(Dialect dialect, object args) => (_dialect, _args) = (dialect, args);

    /// <summary>The statement as the engine takes it and its parameters; both as they came when it has no list.</summary>
    /// <exception cref="InvalidOperationException">What stands after <c>in</c> is no list, or a list of something that no engine knows.</exception>
    public static (string Sql, object? Args) Of(Dialect dialect, string sql, object? args)
    {
        // A sequence runs the statement for each of its elements.
        if (args is null or IEnumerable || !Lists().IsMatch(sql)) return (sql, args);
        var text = Known.GetOrAdd((dialect.GetType(), sql, args.GetType()), known => InWords(dialect, known.Sql, known.Args));
        return (text, new ListParameters(dialect, args));
    }

    /// <summary>The statement with each of its lists as the engine reads it.</summary>
    /// <param name="dialect">Of the engine.</param>
    /// <param name="sql">As it stands beside its handler.</param>
    /// <param name="of">What the list of this name holds.</param>
    public static string Rewrite(Dialect dialect, string sql, Func<string, ListOf> of) =>
        Lists().Replace(sql, list => dialect.In(list.Groups[1].Value, of(list.Groups[1].Value)));

    /// <summary>Items as a JSON array: texts and numbers as they are, keys in hexadecimal.</summary>
    public static string ToJson(IEnumerable<object> items) => JsonSerializer.Serialize(items.Select(i => i is byte[] key ? Convert.ToHexString(key) : i), Json);

    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        foreach (var column in WriteBatch.Column.Of(_args.GetType()))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = column.Parameter;
            if (ItemOf(column.Type) is { } item) _dialect.BindList(parameter, Items(column), Kinds[item]);
            else Mapping.Bind(parameter, column.Type, column.Of(_args));
            command.Parameters.Add(parameter);
        }
    }

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<Type, ListOf> Kinds = new()
    {
        [typeof(string)] = ListOf.Texts,
        [typeof(DateOnly)] = ListOf.Texts,
        [typeof(int)] = ListOf.Numbers,
        [typeof(long)] = ListOf.Numbers,
        [typeof(Guid)] = ListOf.Keys,
    };

    private static string InWords(Dialect dialect, string sql, Type args)
    {
        var columns = WriteBatch.Column.Of(args).ToDictionary(c => c.Parameter, c => c.Type);
        return Rewrite(dialect, sql, name => columns.TryGetValue(name, out var type) && ItemOf(type) is { } item && Kinds.TryGetValue(item, out var of)
            ? of
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{name} is no list of texts, numbers or keys in: {sql}")));
    }

    private IEnumerable<object> Items(WriteBatch.Column column) =>
        ((IEnumerable)(column.Of(_args) ?? throw new InvalidOperationException($"The list {column.Parameter} is missing."))).Cast<object>().Select(i => Mapping.Stored(i)!);

    /// <summary>What a list holds; null for what is no list.</summary>
    private static Type? ItemOf(Type type) => type == typeof(string) || type == typeof(byte[])
        ? null
        : type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    [GeneratedRegex(@"\bin (@\w+)")]
    private static partial Regex Lists();
}
