using System.Text.Json;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>A patron as Koha's API shows it (<c>GET /patrons</c>).</summary>
public sealed class Patron
{
    /// <summary>Koha's own number of the patron (borrowernumber).</summary>
    public int PatronId { get; internal init; }

    /// <summary>The login (<c>userid</c>).</summary>
    public string? UserId { get; internal init; }

    /// <summary>The card number (<c>cardnumber</c>); null: none.</summary>
    public string? CardNumber { get; internal init; }

    /// <summary>The family name.</summary>
    public string? Surname { get; internal init; }

    /// <summary>The given name.</summary>
    public string? FirstName { get; internal init; }

    /// <summary>The name the patron wants to be called by; only in Koha 24.11 and later.</summary>
    public string? PreferredName { get; internal init; }

    /// <summary>The code of the library (branchcode).</summary>
    public string? LibraryId { get; internal init; }

    /// <summary>The code of the category (categorycode).</summary>
    public string? CategoryId { get; internal init; }

    /// <summary>The second statistics field (sort2).</summary>
    public string? Statistics2 { get; internal init; }

    /// <summary>The last day of the account, ISO 8601.</summary>
    public string? ExpiryDate { get; internal init; }

    /// <summary>The patron attributes, as <c>CODE:value</c>.</summary>
    public IReadOnlyList<string> Attributes { get; internal init; } = [];

    /// <summary>Whether this Koha knows preferred names at all.</summary>
    internal bool KnowsPreferredName { get; init; }

    /// <summary>Whether the API has blanked the record, as it does with patrons of other libraries.</summary>
    internal bool IsBlanked => Surname is null && UserId is null && CardNumber is null;

    internal static Patron From(JsonElement json) => new()
    {
        PatronId = json.GetProperty("patron_id").GetInt32(),
        UserId = Text(json, "userid"),
        CardNumber = Text(json, "cardnumber"),
        Surname = Text(json, "surname"),
        FirstName = Text(json, "firstname"),
        PreferredName = Text(json, "preferred_name"),
        LibraryId = Text(json, "library_id"),
        CategoryId = Text(json, "category_id"),
        Statistics2 = Text(json, "statistics_2"),
        ExpiryDate = Text(json, "expiry_date"),
        KnowsPreferredName = json.TryGetProperty("preferred_name", out _),
        Attributes = json.TryGetProperty("extended_attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Array
            ? [.. attributes.EnumerateArray().Select(each => $"{Text(each, "type")}:{Text(each, "value")}")]
            : [],
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
}
