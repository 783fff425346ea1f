namespace KohaPatron.PowerShell.Tests;

/// <summary>A cause is said once: row by row while there are few, then how many more there are.</summary>
public sealed class SaidOnceTests : ModuleTest
{
    private const string Load = "Get-WorkdayPatron $folder/student_data.json | ConvertTo-KohaPatronCsv -End 2023-12-12 -EnrolledOn 2023-08-20";

    [Fact]
    public void Warnings_of_one_cause_are_ten_and_a_count_that_the_totals_have_too()
    {
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 30).Select(i => Student("u" + i, "7"))]));
        Folder.Write("prox.csv", "Universal ID,Prox ID\n7,9\n");
        var result = Run($"{Load} -ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(11, result.Warnings.Count);
        Assert.Equal("CardNumberRepeated: 19 more of these, 29 in all. -Verbose shows each.", result.Warnings[^1]);
        Assert.Contains("29 warnings", result.Information[^1], StringComparison.Ordinal);
        Assert.Equal(30, result.Output.Count);
        Assert.Equal(29, Run($"{Load} -ProxReport $folder/prox.csv -Verbose 4>&1 3>&1 | Where-Object {{ \"$_\" -match 'share a card' }}").Output.Count);
    }

    [Fact]
    public void A_major_that_the_table_lacks_is_one_warning_however_many_have_it()
    {
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 30).Select(i => Student("u" + i, i.ToString(), "\"primary_program\":\"Bioart & Futures\"")), Student("solo", "99", "\"primary_program\":\"Comets\"")]));
        Folder.Write("prox.csv", "Universal ID,Prox ID\n7,12345\n");
        var result = Run($"{Load} -ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(
            [
                "Bioart & Futures: 30 people have this major, which the majors table lacks: u0, u1, u2 and 27 more. Their rows carry no major. Test-KohaMajorMapping gives the line to paste.",
                "Comets: 1 person has this major, which the majors table lacks: solo. Their rows carry no major. Test-KohaMajorMapping gives the line to paste.",
            ],
            result.Warnings);
        Assert.Contains("31 rows, 0 left out, 2 warnings.", result.Information[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Export-KohaPatronCsv $folder/out.csv -Force")]
    [InlineData("Test-KohaPatronCsv")]
    public void A_wrong_object_that_is_piped_in_again_and_again_is_two_errors(string cmdlet)
    {
        var result = Run($"1..574 | {cmdlet}");
        Assert.Equal(["An object of the type Int32", "PatronCsvNotARow: 573 more of these, 574 in all"], result.Errors.Select(error => error.ToString().Split([" is not", ". -V"], StringSplitOptions.None)[0]));
        Assert.All(result.Errors, error => Assert.StartsWith("PatronCsvNotARow", error.FullyQualifiedErrorId));
    }

    [Theory]
    [InlineData("ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber @()")]
    [InlineData("Test-KohaMajorMapping")]
    public void Whoever_is_no_person_is_said_once_in_words(string cmdlet)
    {
        var result = Run($"1..574 | {cmdlet}");
        Assert.Equal(
            ["An object of the type Int32 is not a person of a Workday export. It is left out; the others go on. Pipe what Get-WorkdayPatron gives.", "WorkdayPatronInvalid: 573 more of these, 574 in all. -Verbose shows each."],
            result.Errors.Select(error => error.ToString()));
        var failure = Run($"$misspelt | {cmdlet}").Failure;
        Assert.StartsWith("WorkdayPatronInvalid,", failure.FullyQualifiedErrorId);
        Assert.Contains("$null", failure.ToString());
        Assert.False((bool)Run($"{{ 5; {Load.Split('|')[0]} }} | Test-KohaMajorMapping -Quiet -ErrorAction Ignore").Output.Single().BaseObject);
    }

    [Fact]
    public void The_totals_count_what_was_shown_whoever_said_it()
    {
        Folder.Write("student_data.json", Export(Student("a", "1"), Student("b", "2"), Student("c", "3")));
        Folder.Write("prox.csv", "Universal ID,Prox ID\n1,9\n2,9\n3,11\n3,12\n");
        var result = Run($"{Load} -ProxReport $folder/prox.csv -SummaryVariable totals").WithoutErrors();
        // That two people share a card is said of the rows, with their names, and not of the report's lines as well.
        Assert.Equal(2, result.Warnings.Count);
        Assert.Contains("2 warnings", result.Information[^1], StringComparison.Ordinal);
        Assert.Equal("1 1", Run("($totals.WarningsByCode.CardNumberRepeated, $totals.WarningsByCode.ProxUniversalIdRepeated) -join ' '").Output[0].ToString());
    }

    [Fact]
    public void Bad_records_are_ten_errors_and_a_count()
    {
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 1000).Select(i => $"{{\"username\":\"u{i}\",\"programs\":\"x\"}}"), Student("good", "1")]));
        var result = Run("Get-WorkdayPatron $folder/student_data.json");
        Assert.Equal(11, result.Errors.Count);
        // What to do is said with the first.
        Assert.Equal(1, result.Errors.Count(error => error.ToString().EndsWith("read it again.", StringComparison.Ordinal)));
        Assert.Contains("990 more of these, 1,000 in all", result.Errors[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(["good"], result.Each("UserName"));
    }
}
