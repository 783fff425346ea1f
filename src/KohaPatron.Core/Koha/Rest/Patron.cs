using System.Globalization;
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

    /// <summary>The e-mail address.</summary>
    public string? Email { get; internal init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; internal init; }

    /// <summary>The patron attributes, as <c>CODE:value</c>.</summary>
    public IReadOnlyList<string> Attributes { get; internal init; } = [];

    /// <summary>What every release shows of a patron; null where it has none, or hides it.</summary>
    private static readonly string[] AlwaysShown = ["userid", "cardnumber", "surname", "firstname", "library_id", "category_id", "statistics_2", "expiry_date", "email", "phone"];

    /// <summary>Whether this Koha knows preferred names at all.</summary>
    internal bool KnowsPreferredName { get; init; }

    /// <summary>Whether the API has blanked the record, as it does with patrons of other libraries.</summary>
    internal bool IsBlanked => Surname is null && UserId is null && CardNumber is null;

    /// <summary>The number of the patron that a JSON shows, a number or its digits; null where it shows none.</summary>
    internal static int? IdOf(JsonElement json) => json.ValueKind == JsonValueKind.Object
        && int.TryParse(KohaAnswer.Text(json, "patron_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>The first field that a record with its attributes does not show, or not as a text; null: it can be read.</summary>
    internal static string? Unreadable(JsonElement json) =>
        Array.Find(AlwaysShown, field => !json.TryGetProperty(field, out var value) || value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null))
        ?? (AreReadable(json) ? null : "extended_attributes");

    private static bool AreReadable(JsonElement json) => json.TryGetProperty("extended_attributes", out var attributes) && attributes.ValueKind switch
    {
        JsonValueKind.Array => attributes.EnumerateArray().All(each => KohaAnswer.Text(each, "type") is not null && int.TryParse(KohaAnswer.Text(each, "extended_attribute_id"), NumberStyles.None, CultureInfo.InvariantCulture, out _)),
        JsonValueKind.Null => KohaAnswer.Text(json, "userid") is null,
        _ => false,
    };

    /// <param name="json">A patron with a number, see <see cref="IdOf"/>.</param>
    internal static Patron From(JsonElement json) => new()
    {
        PatronId = IdOf(json) ?? throw new ArgumentException("No patron.", nameof(json)),
        UserId = KohaAnswer.Text(json, "userid"),
        CardNumber = KohaAnswer.Text(json, "cardnumber"),
        Surname = KohaAnswer.Text(json, "surname"),
        FirstName = KohaAnswer.Text(json, "firstname"),
        PreferredName = KohaAnswer.Text(json, "preferred_name"),
        LibraryId = KohaAnswer.Text(json, "library_id"),
        CategoryId = KohaAnswer.Text(json, "category_id"),
        Statistics2 = KohaAnswer.Text(json, "statistics_2"),
        ExpiryDate = KohaAnswer.Text(json, "expiry_date"),
        Email = KohaAnswer.Text(json, "email"),
        Phone = KohaAnswer.Text(json, "phone"),
        KnowsPreferredName = json.TryGetProperty("preferred_name", out _),
        Attributes = json.TryGetProperty("extended_attributes", out var attributes) && attributes.ValueKind == JsonValueKind.Array
            ? [.. attributes.EnumerateArray().Select(each => $"{KohaAnswer.Text(each, "type")}:{KohaAnswer.Text(each, "value")}")]
            : [],
    };
}
