using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KohaPatron.TestData;

/// <summary>Writes records as Workday does, and a prox report as OneCard does.</summary>
public static class ExportWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>An export under <c>Report_Entry</c>; constant memory for any number of people.</summary>
    public static void WriteExport(string path, IEnumerable<Dictionary<string, object?>> people)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, Options);
        json.WriteStartObject();
        json.WriteStartArray("Report_Entry");
        foreach (var person in people)
        {
            Write(json, person);
            if (json.BytesPending > 64 * 1024)
                json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        file.WriteByte((byte)'\n');
    }

    /// <summary>A prox report in the layout of 2023.</summary>
    public static void WriteProxReport(string path, IEnumerable<(string UniversalId, string ProxId)> rows)
    {
        using var text = new StreamWriter(path) { NewLine = "\r\n" };
        text.WriteLine("List of Changed Secondary Account Numbers");
        text.WriteLine();
        text.WriteLine("\"Universal ID\",\"Prox ID\",\"Student ID\",\"Last Name\",\"First Name\"");
        foreach (var (universalId, proxId) in rows)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\"{universalId}\",\"{proxId}\",\"\",\"\",\"\""));
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case Dictionary<string, object?> members:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<object?> elements:
                json.WriteStartArray();
                foreach (var element in elements)
                    Write(json, element);
                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"No JSON for {value.GetType()}.", nameof(value));
        }
    }
}
