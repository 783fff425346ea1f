using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>The parameter <c>fields</c>: names with commas, and members in brackets.</summary>
internal static class Fields
{
    public static JsonObject Of(JsonObject whole, string? fields)
    {
        if (string.IsNullOrEmpty(fields))
            return whole;
        var part = new JsonObject();
        foreach (var (name, members) in Split(fields))
        {
            if (whole[name] is not { } value)
                continue;
            part[name] = members is null || value is not JsonArray list ? value.DeepClone() : new JsonArray([.. list.Select(item => Of(item!.AsObject(), members))]);
        }

        return part;
    }

    private static IEnumerable<(string Name, string? Members)> Split(string fields)
    {
        for (var start = 0; start < fields.Length;)
        {
            var depth = 0;
            var end = start;
            for (; end < fields.Length && (depth > 0 || fields[end] != ','); end++)
                depth += fields[end] switch { '(' => 1, ')' => -1, _ => 0 };
            var field = fields[start..end];
            var bracket = field.IndexOf('(', StringComparison.Ordinal);
            yield return bracket < 0 ? (field, null) : (field[..bracket], field[(bracket + 1)..^1]);
            start = end + 1;
        }
    }
}
