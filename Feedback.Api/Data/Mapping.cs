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

    private static readonly Dictionary<Type, SqlMapper.ITypeHandler> Handlers = new()
    {
        [typeof(DateTimeOffset)] = new InstantHandler(),
        [typeof(DateOnly)] = new DayHandler(),
        [typeof(Guid)] = new KeyHandler(),
    };

    private static readonly Dictionary<Type, DbType> Types = new()
    {
        [typeof(string)] = DbType.String,
        [typeof(int)] = DbType.Int32,
        [typeof(long)] = DbType.Int64,
        [typeof(bool)] = DbType.Boolean,
        [typeof(byte[])] = DbType.Binary,
        [typeof(DateTimeOffset)] = DbType.DateTime2,
        [typeof(DateOnly)] = DbType.String,
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

    /// <summary>UTC, cut to the millisecond.</summary>
    public static DateTime Instant(DateTimeOffset value) => new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMillisecond), DateTimeKind.Unspecified);

    public static string Day(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Sets a parameter as Dapper is told to above; a missing value has its type as well.</summary>
    public static void Bind(IDbDataParameter parameter, Type type, object? value)
    {
        if (Handlers.TryGetValue(type, out var handler) && (value is not null || type == typeof(Guid)))
        {
            handler.SetValue(parameter, value!);
            return;
        }

        parameter.DbType = Types[type];
        parameter.Value = value ?? DBNull.Value;
        // One plan for texts of every length.
        if (type == typeof(string)) parameter.Size = value is string { Length: > ShortText } ? -1 : ShortText;
    }

    private static void Replace<T>(SqlMapper.TypeHandler<T> handler)
        where T : struct
    {
        SqlMapper.RemoveTypeMap(typeof(T));
        SqlMapper.RemoveTypeMap(typeof(T?));
        SqlMapper.AddTypeHandler(handler);
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.DateTime2;
            parameter.Value = Instant(value);
        }

        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTime instant => new DateTimeOffset(instant, TimeSpan.Zero),
            string text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            _ => throw new DataException($"{value} is no instant."),
        };
    }

    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = Day(value);
        }

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
        public void SetValue(IDbDataParameter parameter, object value)
        {
            parameter.DbType = DbType.Binary;
            parameter.Value = value is Guid key ? key.ToByteArray(bigEndian: true) : DBNull.Value;
        }

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
