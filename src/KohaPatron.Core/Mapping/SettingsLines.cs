using KohaPatron.Core.Text;

namespace KohaPatron.Core.Mapping;

/// <summary>
/// The lines that the tables of the settings lack, to be pasted one after the other: JSON with comments, which the settings
/// may have. What the marks mean is said once, in front of the first; each table's name stands in front of its own.
/// </summary>
internal static class SettingsLines
{
    private const string Explanation = "// \"guess\": the code of the known term that looks most like it; check it. A line behind // has no code yet: put it between the quotation marks, and take the slashes away.";

    /// <summary>The line of a term.</summary>
    /// <param name="term">The term.</param>
    /// <param name="nearest">The terms of the table that look most like it, the best first.</param>
    /// <param name="table">The table.</param>
    public static string Of(string term, IReadOnlyList<string> nearest, IReadOnlyDictionary<string, string?> table) => nearest.Count > 0
        ? $"{Quoted(term)}: {Quoted(table[nearest[0]])}, // guess: {Quoted(nearest[0])}"
        : $"// {Quoted(term)}: \"\",";

    /// <summary>The gaps, with comments in front of the first line of all and of each table.</summary>
    public static IEnumerable<MappingGap> WithComments(IEnumerable<MappingGap> gaps)
    {
        MappingKind? table = null;
        foreach (var gap in gaps)
        {
            if (gap.SettingsLine is null || gap.Kind == table)
            {
                yield return gap;
                continue;
            }

            var explanation = table is null ? Explanation + "\n" : string.Empty;
            table = gap.Kind;
            yield return gap with { SettingsLine = $"{explanation}// to \"{MappingTerms.TableName(gap.Kind)}\":\n{gap.SettingsLine}" };
        }
    }

    private static string Quoted(string? text) => text is null ? "null" : JsonText.Quoted(text);
}
