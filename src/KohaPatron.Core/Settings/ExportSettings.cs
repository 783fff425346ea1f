namespace KohaPatron.Core.Settings;

/// <summary>Where a report has what the module has a word for: in columns, or nowhere and it is the same for everybody.</summary>
/// <param name="Columns">The report's columns; the first that is not blank counts.</param>
/// <param name="Constant">What everybody has; null: the columns tell.</param>
internal sealed record FieldSource(IReadOnlyList<string> Columns, string? Constant);

/// <summary>What the settings say of one report; what they leave out is as Workday delivers it.</summary>
/// <param name="File">The file's name, in which * and ? stand for other letters; null: Workday's.</param>
/// <param name="Format">JSON or CSV; null: the file tells.</param>
/// <param name="Encoding">How text is stored where that is not Unicode; null: it is.</param>
/// <param name="ProgramSeparator">What stands between several programs in a text; null: a text is one program.</param>
/// <param name="Fields">The report's columns by the module's words.</param>
internal sealed record ExportSettings(string? File, string? Format, string? Encoding, string? ProgramSeparator, IReadOnlyDictionary<string, FieldSource> Fields)
{
    public static ExportSettings BuiltIn { get; } = new(null, null, null, null, new Dictionary<string, FieldSource>());
}
