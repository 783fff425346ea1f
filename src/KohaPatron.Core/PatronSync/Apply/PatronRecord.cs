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
    public string? this[string field] => KohaAnswer.Text(json, field);

    /// <summary>Whether this Koha has such a field.</summary>
    public bool Has(string field) => json.TryGetProperty(field, out _);

    /// <summary>Whether the API hides what a write has to carry, as it does with patrons of other libraries: writing would blank it.</summary>
    public bool IsHidden => string.IsNullOrEmpty(UserId) || string.IsNullOrEmpty(this[PatronFields.Surname]) || this["library_id"] is null || this["category_id"] is null;
}
