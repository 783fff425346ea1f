using System.Reflection;
using System.Reflection.Emit;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Tests;

/// <summary>
/// The rooms of the house and the way through them: a folder, which is a namespace, uses what stands in a row above it,
/// never what stands below or beside it. Only the rooms of the first row, which know nothing of the job, use each other.
/// </summary>
public sealed class RoomsTests
{
    private const string House = "KohaPatron.Core.";

    private static readonly string[][] Rows =
    [
        ["Text", "Files", "Http", "Notices"],
        ["Settings"],
        ["Workday", "ProxReport"],
        ["Koha"],
        ["Registration"],
        ["Mapping", "Drift", "Preflight", "PatronSync"],
        ["Storage", "Cleanup", "Report"],
    ];

    private static readonly Dictionary<short, OpCode> Codes =
        typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void A_room_uses_only_the_rooms_above_it()
    {
        var arrows = from type in typeof(Notice).Assembly.GetTypes()
                     where RoomOf(type) is not null
                     from used in Signatures(type).Concat(Bodies(type))
                     where RoomOf(used) is not null && !MayUse(RoomOf(type)!, RoomOf(used)!)
                     select $"{type.Name} uses {used.Name}";
        Assert.Empty(arrows.Distinct());
    }

    private static bool MayUse(string room, string other) => room == other || RowOf(room) == 0 && RowOf(other) == 0 || RowOf(other) < RowOf(room);

    private static int RowOf(string room)
    {
        var row = Array.FindIndex(Rows, rooms => rooms.Contains(room));
        return row >= 0 ? row : throw new InvalidOperationException($"{room} is no room of the house: give it a row.");
    }

    private static string? RoomOf(Type type) => type.Namespace?.StartsWith(House, StringComparison.Ordinal) == true ? type.Namespace[House.Length..].Split('.')[0] : null;

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

    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
}
