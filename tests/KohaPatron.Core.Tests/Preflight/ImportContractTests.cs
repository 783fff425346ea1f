using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Preflight;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Preflight.Rules;

namespace KohaPatron.Core.Tests.Preflight;

/// <summary>The check against imports that a real Koha (23.05.04) was given.</summary>
public sealed class ImportContractTests
{
    public static TheoryData<string> Names => [.. RecordedImport.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_Koha_refused_or_changed_is_told_at_its_line_and_column(string name)
    {
        var import = RecordedImport.All[name];
        var found = Check(import);
        foreach (var (line, column) in import.Expected())
            Assert.True(found.Any(problem => problem.Line == line && problem.Column == column), $"Nothing at line {line}, column {column ?? "-"}; found:\n{InWords(found)}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_Koha_took_as_meant_is_left_alone(string name)
    {
        var import = RecordedImport.All[name];
        var expected = import.Expected();
        var found = Check(import);
        var refused = found.Where(problem => problem.Severity == PatronCsvSeverity.Error).Select(problem => problem.Line).ToHashSet();
        var beyond = found.Where(problem => !expected.Any(each => each.Line == problem.Line && (each.Column == problem.Column || refused.Contains(problem.Line)))
            // A header that lacks what each row must have shows in the rows.
            && !(problem.Line == 1 && problem.Rule == PatronCsvRule.MissingColumn && expected.Any(each => each.Column == problem.Column)));
        Assert.Empty(InWords(beyond));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_is_an_error_where_Koha_did_not_take_it_and_a_warning_where_it_did(string name)
    {
        var import = RecordedImport.All[name];
        var errors = Check(import).Where(problem => problem.Line > 1 && problem.Severity == PatronCsvSeverity.Error).Select(problem => problem.Line).Distinct().Count();
        Assert.Equal(import.Invalid + import.SkippedAsRepeats, errors);
    }

    /// <summary>Without Koha at hand, nothing is invented: fewer problems, but none elsewhere.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Without_a_connection_there_are_no_other_problems(string name)
    {
        var import = RecordedImport.All[name];
        var options = new PreflightOptions { Version = new Version(23, 5), MatchPoint = import.Options.MatchPoint, Overwrite = import.Options.Overwrite, Preserve = import.Options.Preserve, DateFormat = import.Options.DateFormat };
        var lines = Check(import).Select(problem => problem.Line).ToHashSet();
        Assert.Empty(InWords(Check(import.Csv, new PatronCsvPreflight(options)).Where(problem => !lines.Contains(problem.Line))));
    }

    private static List<PatronCsvProblem> Check(RecordedImport import) => Check(import.Csv, new PatronCsvPreflight(import.Options, import.Koha));

    /// <summary>What Koha would do; what a spreadsheet or a reader makes of a value is no matter of Koha's.</summary>
    private static List<PatronCsvProblem> Check(byte[] csv, PatronCsvPreflight preflight) =>
        [.. preflight.CheckFile(new MemoryStream(csv), TestContext.Current.CancellationToken).Where(problem => problem.Rule is not (PatronCsvRule.SpreadsheetFormula or PatronCsvRule.HiddenCharacter))];

    private static string InWords(IEnumerable<PatronCsvProblem> problems) =>
        string.Join("\n", problems.Select(problem => $"{problem.Line} {problem.Column} {problem.Rule} {problem.Severity}: {problem.Message}"));
}
