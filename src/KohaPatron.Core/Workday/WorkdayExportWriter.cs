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
                        JsonSerializer.Serialize(json, employee, WorkdayJson.Default.WorkdayEmployee);
                    else
                        JsonSerializer.Serialize(json, (WorkdayStudent)person, WorkdayJson.Default.WorkdayStudent);
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
}
