using System.Globalization;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What the API's schema refuses before Koha looks at a patron.</summary>
internal static class PatronSchema
{
    private static readonly string[] Required = ["surname", "library_id", "category_id"];
    private static readonly string[] Dates = ["date_of_birth", "date_enrolled", "expiry_date", "date_renewed"];

    public static Answer? Check(JsonObject patron, IReadOnlyCollection<string> fields, bool isNew, bool isNewPatron)
    {
        string[] readOnly = isNew ? ["anonymized", "expired", "restricted"] : ["anonymized", "restricted"];
        var unknown = patron.Select(field => field.Key).Where(key => !fields.Contains(key) && key != KohaState.Attributes).Order(StringComparer.Ordinal).ToList();
        var faults = new List<(string, string)>();
        if (unknown.Count > 0)
            faults.Add(($"Properties not allowed: {string.Join(", ", unknown)}.", "/body"));
        faults.AddRange(Required.Where(field => !patron.ContainsKey(field)).Select(field => ("Missing property.", $"/body/{field}")));
        faults.AddRange(readOnly.Where(field => patron.ContainsKey(field) && !isNewPatron).Select(field => ("Read-only.", $"/body/{field}")));
        faults.AddRange(Dates.Where(field => patron[field] is JsonValue value && !IsDate(value.ToString())).Select(field => ("Does not match date format.", $"/body/{field}")));
        return faults.Count == 0 ? null : Answer.Invalid(faults);
    }

    private static bool IsDate(string text) => DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
