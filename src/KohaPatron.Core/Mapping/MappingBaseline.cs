using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Mapping;

/// <summary>The terms of the last check in a file: one list for each kind, sorted, so that two of them can be compared by eye.</summary>
internal static class MappingBaseline
{
    private static readonly MappingKind[] Kinds = [MappingKind.Major, MappingKind.Department, MappingKind.Category];

    /// <summary>The terms, or null where there was no check yet.</summary>
    /// <exception cref="KohaPatronException">The file cannot be read, or is something else.</exception>
    public static IReadOnlyCollection<MappingTerm>? Read(string path) => BaselineFile.Read(path, "Test-KohaMajorMapping", TermsOf);

    /// <exception cref="KohaPatronException">The file cannot be written; the old one is whole.</exception>
    public static void Write(string path, IReadOnlyCollection<MappingTerm> terms) => BaselineFile.Write(path, json => WriteTo(json, terms));

    private static List<MappingTerm> TermsOf(JsonElement root) =>
        [.. Kinds.SelectMany(kind => root.GetProperty(MappingTerms.TableName(kind)).EnumerateArray().Select(term => new MappingTerm(kind, term.GetString() ?? throw new JsonException())))];

    private static void WriteTo(Utf8JsonWriter json, IReadOnlyCollection<MappingTerm> terms)
    {
        json.WriteStartObject();
        foreach (var kind in Kinds)
        {
            json.WriteStartArray(MappingTerms.TableName(kind));
            foreach (var term in terms.Where(term => term.Kind == kind).Select(term => term.Term).OrderBy(term => term, StringComparer.Ordinal))
                json.WriteStringValue(term);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
