using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.Core.PatronSync;

/// <summary>The body of a PUT: what Koha demands, as it was just read, and what changes. Nobody else's edit is overwritten.</summary>
internal static class PatronWrite
{
    public static string Body(Patron fresh, ProxStep step)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var last = !step.IsParking;
            json.WriteStartObject();
            json.WriteString("surname", (last ? step.Change.SurnameThen : null) ?? fresh.Surname);
            json.WriteString("library_id", fresh.LibraryId);
            json.WriteString("category_id", fresh.CategoryId);
            json.WriteString("cardnumber", step.After);
            if (step.TakesBack is { } undone)
                json.WriteString("statistics_2", undone.Statistics2Before);
            // A temporary number is nothing to keep; nor is having had none.
            else if (fresh.CardNumber is not null && !ProxOrder.IsTemporary(fresh.CardNumber) && fresh.CardNumber != step.After)
                json.WriteString("statistics_2", fresh.CardNumber);
            if (last && step.Change.FirstNameThen is { } firstName)
            {
                json.WriteString("firstname", firstName);
                if (fresh.KnowsPreferredName && fresh.PreferredName == fresh.FirstName)
                    json.WriteString("preferred_name", firstName);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
