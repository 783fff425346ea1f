using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>A line as the API takes a new patron: the attributes go with it, so that Koha makes all of it or nothing.</summary>
internal static class NewPatron
{
    public static string Body(PatronLine line)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString(PatronFields.UserId, line.UserId);
            foreach (var change in line.Fields.Where(change => AttributeValues.TypeOf(change.Field) is null))
                json.WriteString(change.Field, change.Wanted);
            json.WriteStartArray(PatronFields.Attributes);
            foreach (var (type, value) in line.Fields.SelectMany(Values))
            {
                json.WriteStartObject();
                json.WriteString("type", type);
                json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static IEnumerable<(string Type, string Value)> Values(FieldChange change) =>
        AttributeValues.TypeOf(change.Field) is { } type ? AttributeValues.Split(change.Wanted).Select(value => (type, value)) : [];

    /// <summary>Koha's refusals in the words of whoever loads patrons. Koha's own may hold a card or an ID and are not passed on.</summary>
    public static string InWords(KohaAnswer answer) => answer switch
    {
        { Status: 409, Json: { ValueKind: JsonValueKind.Object } json } when json.TryGetProperty("conflict", out var column) => $"another patron has this {column.ToString().Split('.').Last()}",
        { Status: 409 } => "a patron with the same name and date of birth is there already; -AllowLookAlike adds this one all the same",
        { Error: { } error } when error.StartsWith("Problem with", StringComparison.Ordinal) => "Koha does not take this user id: it is taken",
        { Error: { } error } when error.Contains("library_id") => "Koha has no library with this branchcode",
        { Error: { } error } when error.Contains("category_id") => "Koha has no category with this categorycode",
        { Error: { } error } when error.Contains("invalid attribute type") => $"Koha has no attribute of the {error.Substring(error.LastIndexOf("type=", StringComparison.Ordinal)).Replace("type=", "type ")}",
        { Error: { } error } when error.Contains("unique constraint") => "another patron has one of these attributes, which must be unique",
        { Error: { } error } when error.Contains("non-repeatable") => "an attribute that may stand once stands twice",
        _ => $"Koha refused it (status {answer.Status.ToString(CultureInfo.InvariantCulture)})",
    };
}
