using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>What the API's schema refuses before Koha looks at a body. Numbers pass for text, as in Koha.</summary>
internal static partial class BodySchema
{
    /// <exception cref="RefusedException">The body is not a patron's.</exception>
    public static void ChecksPatron(JsonObject patron, IReadOnlyCollection<string> fields)
    {
        RefuseUnknown(patron, [.. fields, KohaState.Attributes]);
        var faults = PatronFields.Required.Where(field => !patron.ContainsKey(field)).Select(field => ("Missing property.", $"/body/{field}"))
            .Concat(patron.Where(field => Fault(field.Key, field.Value) is not null).Select(field => (Fault(field.Key, field.Value)!, $"/body/{field.Key}")))
            .OrderBy(fault => fault.Item2, StringComparer.Ordinal)
            .ToList();
        if (faults.Count > 0)
            throw new RefusedException(Answer.Invalid(faults));
        if (patron[KohaState.Attributes] is JsonArray attributes)
            ChecksAttributes(attributes, "/body/extended_attributes");
    }

    /// <exception cref="RefusedException">An element is not an attribute.</exception>
    public static void ChecksAttributes(JsonArray attributes, string path = "/body")
    {
        foreach (var (i, attribute) in attributes.Index())
        {
            if (attribute is not JsonObject fields)
                throw new RefusedException(Answer.Invalid(($"Expected object - got {JsonKind.Of(attribute)}.", $"{path}/{i}")));
            ChecksAttribute(fields, $"{path}/{i}");
        }
    }

    /// <exception cref="RefusedException">The body is not an attribute's.</exception>
    public static void ChecksAttribute(JsonObject attribute, string path = "/body")
    {
        RefuseUnknown(attribute, ["extended_attribute_id", "type", "value"], path);
        var missing = new[] { "type", "value" }.Where(field => !attribute.ContainsKey(field)).Select(field => ("Missing property.", $"{path}/{field}")).ToList();
        if (missing.Count > 0)
            throw new RefusedException(Answer.Invalid(missing));
        if (attribute["type"] is not JsonValue)
            throw new RefusedException(Answer.Invalid(($"Expected string - got {JsonKind.Of(attribute["type"])}.", $"{path}/type")));
    }

    /// <exception cref="RefusedException">The body is not the new value of an attribute.</exception>
    public static string ChecksNewValue(JsonObject change)
    {
        RefuseUnknown(change, ["value"]);
        if (!change.ContainsKey("value"))
            throw new RefusedException(Answer.Invalid(("Missing property.", "/body/value")));
        return (change["value"] as JsonValue)?.ToString() ?? throw new RefusedException(Answer.Invalid(($"Expected string - got {JsonKind.Of(change["value"])}.", "/body/value")));
    }

    public static bool IsDate(string text) => DateFault(text) is null;

    // A property too many hides every other fault.
    private static void RefuseUnknown(JsonObject body, IReadOnlyCollection<string> known, string path = "/body")
    {
        var unknown = body.Select(field => field.Key).Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            throw new RefusedException(Answer.Invalid(($"Properties not allowed: {string.Join(", ", unknown)}.", path)));
    }

    private static string? Fault(string field, JsonNode? value) => JsonKind.Of(value) switch
    {
        _ when PatronFields.ReadOnly.Contains(field) => "Read-only.",
        var kind when field == KohaState.Attributes => kind == "array" ? null : $"Expected array - got {kind}.",
        "null" => field is "library_id" or "category_id" ? "Expected string - got null." : null,
        _ when PatronFields.Dates.Contains(field) => DateFault(value!.ToString()),
        _ when PatronFields.Times.Contains(field) => IsTime(value!.ToString()) ? null : "Does not match date-time format.",
        var kind and ("object" or "array" or "boolean") when PatronFields.IsText(field) => $"Expected string/null - got {kind}.",
        var kind and ("object" or "array" or "boolean") when PatronFields.Integers.Contains(field) => $"Expected integer/null - got {kind}.",
        "string" when PatronFields.Integers.Contains(field) && !int.TryParse(value!.ToString(), CultureInfo.InvariantCulture, out _) => "Expected integer/null - got string.",
        var kind and ("object" or "array") => $"Expected boolean/null - got {kind}.",
        "string" when PatronFields.Booleans.Contains(field) && value!.ToString() is not ("true" or "false" or "1" or "0") => "Expected boolean/null - got string.",
        _ => null,
    };

    private static string? DateFault(string text)
    {
        if (DateForm().Match(text) is not { Success: true } form)
            return "Does not match date format.";
        var (year, month, day) = (Part(form, 1), Part(form, 2), Part(form, 3));
        if (month is < 1 or > 12)
            return "Month out of range.";
        return year < 1 || day < 1 || day > DateTime.DaysInMonth(year, month) ? "Day out of range." : null;
    }

    private static int Part(Match form, int group) => int.Parse(form.Groups[group].Value, CultureInfo.InvariantCulture);

    private static bool IsTime(string text) => text.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    [GeneratedRegex(@"^([0-9]{4})-([0-9]{2})-([0-9]{2})\z")]
    private static partial Regex DateForm();
}
