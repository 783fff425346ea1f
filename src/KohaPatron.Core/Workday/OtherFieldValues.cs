using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>Fields that this module does not know, as plain values: a script can filter on them.</summary>
internal static class OtherFieldValues
{
    /// <summary>The unknown fields of a person: text, numbers, true and false, null, arrays and dictionaries.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Of(WorkdayPerson person)
    {
        foreach (var field in person.OtherFields!)
            yield return new(field.Key, Plain(field.Value));
    }

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => PlainObject(value),
        _ => null,
    };

    private static Dictionary<string, object?> PlainObject(JsonElement value)
    {
        var members = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
            members[member.Name] = Plain(member.Value);
        return members;
    }
}
