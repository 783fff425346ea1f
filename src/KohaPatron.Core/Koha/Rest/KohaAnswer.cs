using System.Globalization;
using System.Text.Json;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>An answer of Koha's API, read whole.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Json">The body; null where there is none.</param>
internal sealed record KohaAnswer(int Status, JsonElement? Json)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>How many rows a list has in all (X-Total-Count); null where Koha does not say.</summary>
    public int? TotalCount { get; init; }

    /// <summary>Where what was made can be found (Location).</summary>
    public string? Location { get; init; }

    /// <summary>How long to wait before the same request: what Koha asks for, or nothing where the token has to be renewed. Null: it need not be sent again.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The patron that a read or a write shows; null where the body is no patron with a number of its own: ask Koha.</summary>
    public Patron? Patron => Json is { } json && Rest.Patron.IdOf(json) is not null ? Rest.Patron.From(json) : null;

    /// <summary>
    /// The number of the patron that was made. It stands in the body, or only in Location where the key may not see the
    /// patron. Null: Koha does not say, ask it.
    /// </summary>
    public int? PatronId => Json is { } json && Rest.Patron.IdOf(json) is { } id ? id
        : int.TryParse(Location?.Split('/').Last(), NumberStyles.None, CultureInfo.InvariantCulture, out id) ? id
        : null;

    /// <summary>What Koha says went wrong, in its three shapes, safe to be shown; null where it says nothing.</summary>
    public string? Error => Said is { } said ? KohaWords.Shown(said) : null;

    /// <summary>The permissions that a 403 names, such as "borrowers:edit_borrowers"; the whole module is just "borrowers". In a list one is enough.</summary>
    public string? RequiredPermissions
    {
        get
        {
            if (Json is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("required_permissions", out var required))
                return null;
            var names = required.ValueKind == JsonValueKind.Array ? required.EnumerateArray().Select(Permissions) : [Permissions(required)];
            return string.Join(" or ", names.OfType<string>()) is { Length: > 0 } all ? all : null;
        }
    }

    private string? Said => Json switch
    {
        { ValueKind: JsonValueKind.Array } list => Messages(list),
        { ValueKind: JsonValueKind.Object } json when json.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String => error.GetString(),
        { ValueKind: JsonValueKind.Object } json when json.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array => Messages(errors),
        _ => null,
    };

    private static string? Permissions(JsonElement required) => required.ValueKind switch
    {
        JsonValueKind.Object => string.Join(", ", required.EnumerateObject().Select(Permission)),
        JsonValueKind.String => KohaWords.Shown(required.GetString()!),
        _ => null,
    };

    private static string Permission(JsonProperty module) =>
        module.Value.ToString() == "1" ? $"the whole \"{KohaWords.Shown(module.Name)}\" permission" : KohaWords.Shown($"{module.Name}:{module.Value}");

    private static string Messages(JsonElement list) => string.Join("; ", list.EnumerateArray()
        .Where(each => each.ValueKind == JsonValueKind.Object)
        .Select(each => $"{Text(each, "path")}: {Text(each, "message")}"));

    /// <summary>A text or number of an object; null where there is none.</summary>
    internal static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
