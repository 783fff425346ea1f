using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Drift;

/// <summary>What exports looked like at the last check, in a file: numbers and field names, nothing of anybody.</summary>
internal static class ExportBaseline
{
    /// <summary>Exports are kept by their file names, wherever they lie.</summary>
    public static string KeyOf(string export) => export.Substring(export.LastIndexOfAny(['/', '\\']) + 1);

    /// <summary>The exports by file name, or null where there was no check yet.</summary>
    /// <exception cref="KohaPatronException">The file cannot be read, or is something else.</exception>
    public static IReadOnlyDictionary<string, ExportShape>? Read(string path) => BaselineFile.Read(path, "Test-WorkdayExport", ShapesOf);

    /// <exception cref="KohaPatronException">The file cannot be written; the old one is whole.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, ExportShape> exports) => BaselineFile.Write(path, json => WriteTo(json, exports));

    private static Dictionary<string, ExportShape> ShapesOf(JsonElement root) =>
        root.GetProperty("exports").EnumerateObject().ToDictionary(export => export.Name, export => ShapeOf(export.Value), StringComparer.Ordinal);

    private static ExportShape ShapeOf(JsonElement export)
    {
        var shape = new ExportShape { People = export.GetProperty("people").GetInt64() };
        foreach (var member in export.GetProperty("fields").EnumerateObject())
        {
            var field = new FieldShape { Filled = member.Value.GetProperty("filled").GetInt64() };
            foreach (var kind in member.Value.GetProperty("kinds").EnumerateObject())
                field.Kinds[kind.Name] = kind.Value.GetInt64();
            shape.Fields[member.Name] = field;
        }

        return shape;
    }

    private static void WriteTo(Utf8JsonWriter json, IReadOnlyDictionary<string, ExportShape> exports)
    {
        json.WriteStartObject();
        json.WriteStartObject("exports");
        foreach (var export in exports.OrderBy(export => export.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(export.Key);
            json.WriteNumber("people", export.Value.People);
            json.WriteStartObject("fields");
            foreach (var field in export.Value.Fields)
                WriteTo(json, field.Key, field.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTo(Utf8JsonWriter json, string name, FieldShape field)
    {
        json.WriteStartObject(name);
        json.WriteNumber("filled", field.Filled);
        json.WriteStartObject("kinds");
        foreach (var kind in field.Kinds)
            json.WriteNumber(kind.Key, kind.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
