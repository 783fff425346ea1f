using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Workday;

/// <summary>Writes people as an export that Get-WorkdayPatron reads again, with the fields that this module does not know.</summary>
internal static class WorkdayExportWriter
{
    /// <exception cref="KohaPatronException">The file cannot be written; an old one is whole.</exception>
    public static void Write(string path, IEnumerable<WorkdayPerson> people)
    {
        try
        {
            using var file = new AtomicFile(path);
            using (var json = new Utf8JsonWriter(file.Stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartArray();
                foreach (var person in people)
                {
                    if (person is WorkdayEmployee employee)
                        Write(json, employee, WorkdayFields.Employee);
                    else
                        Write(json, (WorkdayStudent)person, WorkdayFields.Student);
                }

                json.WriteEndArray();
            }

            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(WorkdayNotices.CannotWrite(path, e));
        }
    }
    private static void Write<TPerson>(Utf8JsonWriter json, TPerson person, WorkdayField<TPerson>[] fields)
        where TPerson : WorkdayPerson
    {
        json.WriteStartObject();
        foreach (var field in fields)
            field.Write(json, person);
        foreach (var other in person.OtherFields ?? [])
        {
            json.WritePropertyName(other.Key);
            other.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
