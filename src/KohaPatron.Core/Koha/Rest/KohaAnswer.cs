using System.Text.Json;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>An answer of Koha's API, read whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body; null where there is none.</param>
internal sealed record KohaAnswer(int Status, JsonElement? Json)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What Koha says went wrong, in its three shapes; null where it says nothing.</summary>
    public string? Error
    {
        get
        {
            if (Json is not { } json)
                return null;
            if (json.ValueKind == JsonValueKind.Array)
                return Messages(json);
            if (json.ValueKind != JsonValueKind.Object)
                return null;
            if (json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String)
                return error.GetString();
            return json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array ? Messages(errors) : null;
        }
    }

    /// <summary>The permissions that a 403 names, such as "borrowers:edit_borrowers"; the whole module is just "borrowers".</summary>
    public string? RequiredPermissions
    {
        get
        {
            if (Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("required_permissions", out var required) || required.ValueKind != JsonValueKind.Object)
                return null;
            return string.Join(", ", required.EnumerateObject().Select(each => each.Value.ToString() == "1" ? $"the whole \"{each.Name}\" permission" : $"{each.Name}:{each.Value}"));
        }
    }

    private static string Messages(JsonElement list) => string.Join("; ", list.EnumerateArray()
        .Where(each => each.ValueKind == JsonValueKind.Object)
        .Select(each => $"{Text(each, "path")}: {Text(each, "message")}"));

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.ToString() : null;
}
