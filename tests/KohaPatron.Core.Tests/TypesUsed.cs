using System.Reflection;
using System.Reflection.Emit;

namespace KohaPatron.Core.Tests;

/// <summary>Which types a type uses: in its signatures, and in what its code calls, reads or makes.</summary>
internal static class TypesUsed
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Type> By(Type type) => Signatures(type).Concat(Bodies(type));

    private static IEnumerable<Type> Signatures(Type type) =>
        Methods(type).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType))
            .Concat(type.GetFields(Everything).Select(field => field.FieldType)).Concat(type.GetInterfaces()).Append(type.BaseType)
            .OfType<Type>().SelectMany(used => used.GetGenericArguments().Append(used));

    /// <summary>The types that own what the code of a type calls, reads or makes.</summary>
    private static IEnumerable<Type> Bodies(Type type) =>
        from method in Methods(type)
        let code = method.GetMethodBody()?.GetILAsByteArray() ?? []
        from token in Tokens(code)
        let member = type.Module.ResolveMember(token, type.IsGenericType ? type.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null)
        select member as Type ?? member.DeclaringType;

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var op = Codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += op.Size;
            if (op.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok)
                yield return BitConverter.ToInt32(code, at);
            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    private static IEnumerable<MethodBase> Methods(Type type) => type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything));
}
