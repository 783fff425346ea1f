using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>The body of a PUT: what Koha demands, as it was just read, and what changes. Nobody else's edit is overwritten.</summary>
internal static class PatronBody
{
    public static string Of(PatronRecord fresh, IReadOnlyList<FieldChange> fields)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var field in PatronFields.Demanded.Where(field => fields.All(change => change.Field != field)))
                json.WriteString(field, fresh[field]);
            foreach (var change in fields)
                json.WriteString(change.Field, change.Wanted);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
