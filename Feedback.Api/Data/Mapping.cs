using System.Data;
using System.Globalization;
using System.Reflection;
using Dapper;

namespace Feedback.Data;

/// <summary>
/// How .NET values travel to both engines in the same way: instants as UTC to the millisecond, days as ISO text, keys as the
/// 16 bytes of a version 7 GUID in network order (so that they sort by time on either engine).
/// </summary>
internal static class Mapping
{
    private const int ShortText = 4000;

    private static readonly Lock Once = new();

    /// <summary>The types of columns: how the engines call each, and what becomes of a value on its way there.</summary>
    private static readonly Dictionary<Type, (DbType Type, Func<object, object> Stored)> Types = new()
    {
        [typeof(string)] = (DbType.String, value => value),
        [typeof(int)] = (DbType.Int32, value => value),
        [typeof(long)] = (DbType.Int64, value => value),
        [typeof(bool)] = (DbType.Boolean, value => value),
        [typeof(byte[])] = (DbType.Binary, value => value),
        [typeof(DateTimeOffset)] = (DbType.DateTime2, value => Instant((DateTimeOffset)value)),
        [typeof(DateOnly)] = (DbType.String, value => Day((DateOnly)value)),
        [typeof(Guid)] = (DbType.Binary, value => ((Guid)value).ToByteArray(bigEndian: true)),
    };

    private static bool _done;

    public static void Register()
    {
        lock (Once)
        {
            if (_done) return;
            _done = true;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            Replace(new InstantHandler());
            Replace(new DayHandler());
            SqlMapper.RemoveTypeMap(typeof(Guid));
            SqlMapper.RemoveTypeMap(typeof(Guid?));
            SqlMapper.AddTypeHandler(typeof(Guid), new KeyHandler());
            var fallback = SqlMapper.TypeMapProvider;
            SqlMapper.TypeMapProvider = type => RecordMap.For(type) ?? fallback(type);
        }
    }

    /// <summary>A value as both engines store it: a text, a number, a truth, bytes, or UTC to the millisecond; null for none.</summary>
    /// <exception cref="InvalidOperationException">No column has this type.</exception>
    public static object? Stored(object? value) => value is null ? null : Of(value.GetType()).Stored(value);

    /// <summary>Sets a parameter as Dapper is told to above; a missing value has its type as well.</summary>
    /// <exception cref="InvalidOperationException">No column has this type.</exception>
    public static void Bind(IDbDataParameter parameter, Type type, object? value)
    {
        parameter.DbType = Of(type).Type;
        parameter.Value = Stored(value) ?? DBNull.Value;
        // One plan for texts of every length.
        if (type == typeof(string)) parameter.Size = value is string { Length: > ShortText } ? -1 : ShortText;
    }

    private static (DbType Type, Func<object, object> Stored) Of(Type type) => Types.TryGetValue(type, out var known) ? known : throw new InvalidOperationException($"{type.Name} is no type of a column.");

    private static DateTime Instant(DateTimeOffset value) => new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMillisecond), DateTimeKind.Unspecified);

    private static string Day(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Replace<T>(SqlMapper.TypeHandler<T> handler)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => Bind(parameter, typeof(DateTimeOffset), value);

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime instant => new DateTimeOffset(instant, TimeSpan.Zero),
            string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ => throw new DataException($"{value} is no instant."),
        };
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value) => Bind(parameter, typeof(DateOnly), value);

        public override DateOnly Parse(object value) => value switch
        {
            DateTime day => DateOnly.FromDateTime(day),
            string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => throw new DataException($"{value} is no day."),
        };
    }

    /// <summary>A missing key has its type as well: SQL Server puts no untyped null into a binary column.</summary>
    internal sealed class KeyHandler : SqlMapper.ITypeHandler
    {
        public void SetValue(IDbDataParameter parameter, object value) => Bind(parameter, typeof(Guid), value as Guid?);

        public object? Parse(Type destinationType, object value) => value is byte[] key ? new Guid(key, bigEndian: true) : null;
    }

    /// <summary>
    /// Rows are records: the columns stand in the order of the one constructor's parameters and bear their names. Dapper's own map
    /// asks for equal types as well, which SQLite (64-bit integers only) cannot give.
    /// </summary>
    private sealed class RecordMap(ConstructorInfo constructor) : SqlMapper.ITypeMap
    {
        public static RecordMap? For(Type type)
        {
            if (type.Assembly != typeof(RecordMap).Assembly) return null;
            var constructors = type.GetConstructors();
            return constructors.Length == 1 && constructors[0].GetParameters().Length > 0 ? new RecordMap(constructors[0]) : null;
        }

        public ConstructorInfo FindConstructor(string[] names, Type[] types)
        {
            var parameters = constructor.GetParameters();
            return parameters.Length == names.Length && parameters.Zip(names).All(pair => Same(pair.First.Name!, pair.Second))
                ? constructor
                : throw new DataException($"{constructor.DeclaringType!.Name} wants ({string.Join(", ", parameters.Select(p => p.Name))}) but the query gives ({string.Join(", ", names)}).");
        }

        public ConstructorInfo? FindExplicitConstructor() => null;

        public SqlMapper.IMemberMap GetConstructorParameter(ConstructorInfo constructor, string columnName) =>
            new ParameterMap(columnName, constructor.GetParameters().First(p => Same(p.Name!, columnName)));

        public SqlMapper.IMemberMap? GetMember(string columnName) => null;

        private static bool Same(string parameter, string column) =>
            parameter.Equals(column.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);

        private sealed class ParameterMap(string column, ParameterInfo parameter) : SqlMapper.IMemberMap
        {
            public string ColumnName => column;

            public Type MemberType => parameter.ParameterType;

            public PropertyInfo? Property => null;

            public FieldInfo? Field => null;

            public ParameterInfo Parameter => parameter;
        }
    }
}
