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

    /// <summary>Whether the patron has a user id, as Koha compares them but for accents.</summary>
    public bool HasUser(string userId) => string.Equals(UserId?.Trim(), userId.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a value holds what stands between values where there are several: then they could not be told apart.</summary>
    public bool CannotSplit(string field) => AttributeValues.TypeOf(field) is { } type && OfType(type).Any(each => AttributeValues.Split(each.Value).Count > 1);

    /// <summary>Whether each of the fields has the value that it was to get; what Koha cuts off at the ends makes no difference.</summary>
    public bool HasAll(IEnumerable<FieldChange> fields) => fields.All(change => FieldChange.Same(this[change.Field], change.Wanted?.Trim()));

    /// <summary>When Koha last wrote the record; null: it does not say.</summary>
    public string? Stamp => KohaAnswer.Text(json, "updated_on");

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

    /// <summary>Whether the patron may not borrow at present; null: Koha does not say.</summary>
    public bool? IsRestricted => json.TryGetProperty("restricted", out var restricted) && restricted.ValueKind is JsonValueKind.True or JsonValueKind.False ? restricted.GetBoolean() : null;

    /// <summary>Whether the API hides what a write has to carry, as it does with patrons of other libraries: writing would blank it.</summary>
    public bool IsHidden => string.IsNullOrEmpty(UserId) || string.IsNullOrEmpty(this[PatronFields.Surname]) || this["library_id"] is null || this["category_id"] is null;
}
