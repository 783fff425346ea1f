using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>A row as the API takes a new patron: the attributes go with it, so that Koha makes all of it or nothing.</summary>
internal static class NewPatron
{
    public static string Body(KohaPatronRow row)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (field, value) in Fields(row))
            {
                if (value.Length > 0)
                    json.WriteString(field, value);
            }

            json.WriteStartArray("extended_attributes");
            foreach (var attribute in PatronAttributes.Parse(row.patron_attributes).All)
            {
                json.WriteStartObject();
                json.WriteString("type", attribute.Key);
                json.WriteString("value", attribute.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The API's names of the import's columns.</summary>
    private static IEnumerable<(string Field, string Value)> Fields(KohaPatronRow row) =>
    [
        ("surname", row.surname), ("firstname", row.firstname), ("userid", row.userid), ("cardnumber", row.cardnumber),
        ("library_id", row.branchcode), ("category_id", row.categorycode), ("date_enrolled", row.dateenrolled), ("expiry_date", row.dateexpiry),
        ("email", row.email), ("phone", row.phone), ("staff_notes", row.borrowernotes),
    ];

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
