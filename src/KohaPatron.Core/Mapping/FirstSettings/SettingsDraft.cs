using System.Text;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Mapping.FirstSettings;

/// <summary>What a Koha says of itself.</summary>
internal sealed record KohaFacts(IReadOnlyCollection<string> Libraries, IReadOnlyCollection<string> Categories)
{
    public static KohaFacts None { get; } = new([], []);
}

/// <summary>A report, and which of its columns is what.</summary>
internal sealed record DescribedReport(ReportSurvey Survey, FieldGuess Guess)
{
    /// <summary>Whether one column holds all programs of a student, with semicolons between them.</summary>
    public bool HasJoinedPrograms => Guess.ColumnsOf("programs") is [var only] && Survey.Columns.Any(column => column.Name == only && column.HasSemicolons);

    /// <summary>The terms in the columns of a word.</summary>
    public IEnumerable<string> Terms(params string[] words) => Survey.Columns
        .Where(column => words.SelectMany(Guess.ColumnsOf).Contains(column.Name))
        .SelectMany(column => HasJoinedPrograms && Guess.ColumnsOf("programs").Contains(column.Name) ? column.Terms.SelectMany(term => term.Split(';')) : column.Terms)
        .Select(term => term.Trim())
        .Where(term => term.Length > 0);
}

/// <summary>The text of a first settings file: what was recognised, and lines to fill in for what nobody but the library knows. It names terms and columns, and nobody.</summary>
internal sealed class SettingsDraft(IReadOnlyList<DescribedReport> reports, string source, string? proxReport, KohaFacts koha)
{
    private readonly StringBuilder _text = new();

    public string Print()
    {
        Line(0, "{");
        Line(1, "// First settings, made of " + string.Join(" and ", reports.Select(report => report.Survey.Name)) + ". Lines behind // wait for you: fill in the code and take the slashes away.");
        Line(1, "\"profile\": \"2026\",");
        Line(1, "// Nothing of the built-in categories, majors and departments: those below stand alone.");
        Line(1, "\"replaceTables\": true,");
        Line(1, $"\"source\": {JsonText.Quoted(source)},");
        if (proxReport is not null)
            Line(1, $"\"proxReport\": {JsonText.Quoted(proxReport)},");
        PrintLibrary();
        Line(1, "\"exports\": {");
        foreach (var report in reports)
            Print(report);
        Line(1, "},");
        PrintTable("categories", "Koha's patron categories by academic level and employee type." + Known(koha.Categories), ["academicLevel", "etype"]);
        PrintTable("majors", "Codes of majors; null: known, and no code.", ["primaryProgram", "programs"]);
        PrintTable("departments", "Codes of departments; null: known, and no code.", ["department", "program"]);
        Line(0, "}");
        return _text.ToString();
    }

    private void PrintLibrary()
    {
        Line(1, "// The library's code in Koha." + Known(koha.Libraries));
        Line(1, koha.Libraries.Count == 1 ? $"\"library\": {JsonText.Quoted(koha.Libraries.First())}," : "// \"library\": \"\",");
    }

    private void Print(DescribedReport report)
    {
        var (survey, guess) = (report.Survey, report.Guess);
        Line(2, $"{JsonText.Quoted(guess.Report)}: {{");
        Line(3, "// * stands for what changes from one report to the next, such as a date.");
        Line(3, $"\"file\": {JsonText.Quoted(survey.Name)},");
        if (report.HasJoinedPrograms)
            Line(3, "\"programSeparator\": \";\",");
        Line(3, "\"fields\": {");
        foreach (var word in guess.Words)
            Line(4, Field(word, guess.ColumnsOf(word)));
        Line(3, "}");
        var others = survey.Columns.Select(column => column.Name).Except(guess.Words.SelectMany(guess.ColumnsOf)).ToList();
        if (others.Count > 0)
            Line(3, "// Other columns, for scripts: " + string.Join(", ", others.Select(OneLine)));
        Line(2, "},");
    }

    private static string Field(string word, IReadOnlyList<string> columns) => columns.Count switch
    {
        0 => $"// {JsonText.Quoted(word)}: \"\",",
        1 => $"{JsonText.Quoted(word)}: {JsonText.Quoted(columns[0])},",
        _ => $"{JsonText.Quoted(word)}: [{string.Join(", ", columns.Select(JsonText.Quoted))}],",
    };

    private void PrintTable(string table, string explanation, string[] words)
    {
        Line(1, "// " + explanation);
        Line(1, $"{JsonText.Quoted(table)}: {{");
        foreach (var term in new SortedSet<string>(reports.SelectMany(report => report.Terms(words)), StringComparer.Ordinal))
            Line(2, $"// {JsonText.Quoted(term)}: \"\",");
        Line(1, "},");
    }

    private static string Known(IReadOnlyCollection<string> codes) => codes.Count == 0 ? string.Empty : $" Koha has {string.Join(", ", codes.Select(OneLine))}.";

    private static string OneLine(string text) => JsonText.Quoted(text).Trim('"');

    private void Line(int depth, string text) => _text.Append(' ', depth * 2).Append(text).Append('\n');
}
