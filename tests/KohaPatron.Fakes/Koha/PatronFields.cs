using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>Of what kind a patron's fields are, how long they may be, and what stands in them when nothing was sent.</summary>
internal static class PatronFields
{
    public static IReadOnlyList<string> Required { get; } = ["category_id", "library_id", "surname"];

    public static IReadOnlyList<string> ReadOnly { get; } = ["anonymized", "expired", "restricted"];

    public static IReadOnlyList<string> Dates { get; } = ["date_enrolled", "date_of_birth", "date_renewed", "expiry_date"];

    public static IReadOnlyList<string> Times { get; } = ["last_seen", "updated_on"];

    public static IReadOnlyList<string> Booleans { get; } =
        ["anonymized", "autorenew_checkouts", "expired", "incorrect_address", "patron_card_lost", "privacy_guarantor_checkouts", "privacy_guarantor_fines", "protected", "restricted"];

    public static IReadOnlyList<string> Integers { get; } = ["login_attempts", "patron_id", "privacy", "sms_provider_id"];

    /// <summary>Columns of a width: what is longer is cut without a word.</summary>
    private static Dictionary<string, int> Widths { get; } = new()
    {
        ["cardnumber"] = 32,
        ["userid"] = 75,
        ["statistics_1"] = 80,
        ["statistics_2"] = 80,
        ["gender"] = 1,
        ["mobile"] = 50,
        ["sms_number"] = 50,
        ["lang"] = 25,
        ["relationship_type"] = 100,
        ["library_id"] = 10,
        ["category_id"] = 10,
    };

    public static bool IsText(string field) => !Booleans.Contains(field) && !Integers.Contains(field);

    public static string Cut(string field, string value) =>
        Widths.TryGetValue(field, out var width) && value.Length > width ? value[..width] : value;

    public static JsonNode? Empty(string field) => field switch
    {
        "anonymized" or "incorrect_address" or "patron_card_lost" or "restricted" or "privacy_guarantor_fines" or "privacy_guarantor_checkouts" or "protected" => false,
        "autorenew_checkouts" => true,
        "check_previous_checkout" => "inherit",
        "lang" => "default",
        "login_attempts" => 0,
        "privacy" => 1,
        "opac_notes" or "staff_notes" => "",
        _ => null,
    };
}
