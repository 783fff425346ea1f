using System.Globalization;
using System.Text.Json;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>A patron as Koha shows it, by the API's names of its fields.</summary>
internal sealed class PatronRecord(JsonElement json)
{
    public int PatronId { get; } = Patron.IdOf(json) ?? throw new ArgumentException("No patron.", nameof(json));

    public string? UserId => this[PatronFields.UserId];

    /// <summary>The value of a field; null where it has none.</summary>
    public string? this[string field] =>
        AttributeValues.TypeOf(field) is { } type ? AttributeValues.Join(OfType(type).Select(each => each.Value)) : KohaAnswer.Text(json, field);

    /// <summary>Whether this Koha has such a field.</summary>
    public bool Has(string field) => json.TryGetProperty(AttributeValues.TypeOf(field) is null ? field : PatronFields.Attributes, out _);

    /// <summary>The types of the attributes that the patron has.</summary>
    public IEnumerable<string> AttributeTypes => Attributes().Select(each => KohaAnswer.Text(each, "type")).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The attributes of a type, with the numbers that Koha gave them.</summary>
    public IEnumerable<(int Id, string Value)> OfType(string type) => Attributes()
        .Where(each => KohaAnswer.Text(each, "type") == type)
        .Select(each => (int.Parse(KohaAnswer.Text(each, "extended_attribute_id") ?? "0", NumberStyles.None, CultureInfo.InvariantCulture), KohaAnswer.Text(each, "value") ?? string.Empty));

    private JsonElement.ArrayEnumerator Attributes() =>
        json.TryGetProperty(PatronFields.Attributes, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    /// <summary>Whether the patron may not borrow at present.</summary>
    public bool IsRestricted => json.TryGetProperty("restricted", out var restricted) && restricted.ValueKind == JsonValueKind.True;

    /// <summary>Whether the API hides what a write has to carry, as it does with patrons of other libraries: writing would blank it.</summary>
    public bool IsHidden => string.IsNullOrEmpty(UserId) || string.IsNullOrEmpty(this[PatronFields.Surname]) || this["library_id"] is null || this["category_id"] is null;
}
