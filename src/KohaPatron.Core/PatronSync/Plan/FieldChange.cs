using System.Text.Json.Serialization;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>What is to become of a field of a patron.</summary>
/// <param name="Field">The API's name of the field.</param>
/// <param name="Seen">The value that Koha had when the plan was made; null: none.</param>
/// <param name="Wanted">The value that it is to have; null: none.</param>
internal sealed record FieldChange(string Field, [property: JsonPropertyName("before")] string? Seen, [property: JsonPropertyName("after")] string? Wanted)
{
    /// <summary>The change that takes this one back.</summary>
    [JsonIgnore]
    public FieldChange Back => new(Field, Wanted, Seen);

    /// <summary>Whether two values are the same; having none and being empty is the same, for a saved plan cannot tell them apart.</summary>
    public static bool Same(string? one, string? other) => string.Equals(one ?? string.Empty, other ?? string.Empty, StringComparison.Ordinal);
}
