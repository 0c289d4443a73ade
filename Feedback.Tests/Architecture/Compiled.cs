using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace Feedback.Tests.Architecture;

/// <summary>One use of a type, method or field by a type that somebody wrote.</summary>
/// <param name="By">Who: lambdas, iterators and state machines count for the type they were written in.</param>
/// <param name="What">A type, or a member of one.</param>
internal sealed record Use(Type By, MemberInfo What)
{
    /// <summary>The type that is used, or whose member is.</summary>
    public Type Of => What as Type ?? What.DeclaringType!;

    public override string ToString() => $"{By.FullName} uses {(What is Type ? "" : Of.FullName + ".")}{(What is Type type ? type.FullName : What.Name)}";
}

/// <summary>
/// The product as it was compiled. The guards read instructions and signatures, because a rule that reads source text is
/// satisfied by another spelling. Constants are inlined by the compiler and leave no trace.
/// </summary>
internal static class Compiled
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Every type of both programs, those that the compiler made included.</summary>
    public static readonly IReadOnlyList<Type> Product = [.. typeof(FeedbackApp).Assembly.GetTypes(), .. typeof(Worker.Program).Assembly.GetTypes()];

    private static readonly Lazy<IReadOnlyList<Use>> ProductUses = new(() => [.. Product.SelectMany(UsesOf).Distinct()]);

    /// <summary>Every use in the product.</summary>
    public static IReadOnlyList<Use> Uses => ProductUses.Value;

    /// <summary>What one type uses: in its bodies, signatures, fields, bases and attributes.</summary>
    public static IEnumerable<Use> UsesOf(Type type)
    {
        var by = Writer(type);
        return Signatures(type).SelectMany(Parts).Cast<MemberInfo>().Concat(Members(type)).Select(what => new Use(by, what));
    }

    /// <summary>The string literals in a type's bodies.</summary>
    public static IEnumerable<string> Literals(Type type) =>
        from method in Methods(type)
        from instruction in Instructions(method)
        where instruction.Code.OperandType == OperandType.InlineString
        select method.Module.ResolveString(instruction.Operand);

    /// <summary>The string constants that a type declares, by name.</summary>
    public static IEnumerable<(string Name, string Value)> Constants(Type type) =>
        type.GetFields(Declared).Where(f => f.IsLiteral && f.FieldType == typeof(string)).Select(f => (f.Name, (string)f.GetRawConstantValue()!));

    /// <summary>The type in whose source a type was written: itself, or the first one around it that is not the compiler's.</summary>
    public static Type Writer(Type type) =>
        type.DeclaringType is { } around && (type.Name.StartsWith('<') || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)) ? Writer(around) : type;

    /// <summary>The types around a type and itself, from the inside out.</summary>
    public static IEnumerable<Type> WithThoseAround(Type type)
    {
        for (var t = type; t is not null; t = t.DeclaringType) yield return t;
    }

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared));

    private static IEnumerable<Type?> Signatures(Type type)
    {
        var methods = Methods(type).ToList();
        return type.GetInterfaces().Append(type.BaseType)
            .Concat(type.GetFields(Declared).Select(f => f.FieldType))
            .Concat(methods.SelectMany(m => m.GetParameters()).Select(p => p.ParameterType))
            .Concat(methods.OfType<MethodInfo>().Select(m => m.ReturnType))
            .Concat(methods.SelectMany(m => m.GetMethodBody()?.LocalVariables ?? []).Select(v => v.LocalType))
            .Concat(new[] { type }.Concat<MemberInfo>(type.GetMembers(Declared)).SelectMany(m => m.GetCustomAttributesData()).Select(a => a.AttributeType))
            .Concat(methods.SelectMany(m => m.GetParameters()).SelectMany(p => p.GetCustomAttributesData()).Select(a => a.AttributeType));
    }

    private static IEnumerable<MemberInfo> Members(Type type)
    {
        // What the compiler writes to print a record prints each of its members; nobody asked for that.
        foreach (var method in Methods(type).Where(m => m.Name != "PrintMembers"))
        {
            var typeArguments = type.IsGenericType ? type.GetGenericArguments() : null;
            var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
            Type? receiver = null;
            foreach (var (code, operand) in Instructions(method))
            {
                var constrained = receiver;
                receiver = null;
                if (code.OperandType is not (OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)) continue;
                var member = method.Module.ResolveMember(operand, typeArguments, methodArguments)!;
                if (code == OpCodes.Constrained) receiver = member as Type;
                if (constrained is not null && Override(constrained, member) is { } own) yield return own;
                var generic = member is MethodInfo { IsGenericMethod: true } called ? called.GetGenericArguments() : [];
                foreach (var part in generic.Append(member as Type ?? member.DeclaringType).SelectMany(Parts)) yield return part;
                if (member is not Type && Parts(member.DeclaringType).Contains(Definition(member.DeclaringType!))) yield return member;
            }
        }
    }

    /// <summary>What a call of an inherited member on a value comes to: <c>value.ToString()</c> is compiled as a call of Object's.</summary>
    private static MethodInfo? Override(Type receiver, MemberInfo called) => called is MethodInfo method
        ? (Nullable.GetUnderlyingType(receiver) ?? receiver).GetMethods(Declared).FirstOrDefault(m => m.Name == method.Name && m.GetParameters().Select(p => p.ParameterType).SequenceEqual(method.GetParameters().Select(p => p.ParameterType)))
        : null;

    /// <summary>A type without its arrays and references, with its generic arguments beside it.</summary>
    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericParameter: true } => [],
        { IsConstructedGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Concat(Parts(type.GetGenericTypeDefinition())),
        { DeclaringType: null } when type.Name.StartsWith('<') => [], // the compiler's own helpers
        _ => [type],
    };

    private static Type Definition(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    private static IEnumerable<(OpCode Code, int Operand)> Instructions(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            at += code.Size;
            var size = code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
            yield return (code, size == 4 ? BitConverter.ToInt32(il, at) : 0);
            at += size;
        }
    }
}
