namespace KohaPatron.PowerShell.Tests;

public sealed class TestWorkdayExportTests : ModuleTest
{
    private const string Convert = "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2027-12-12 -BaselinePath $baseline -WarningAction Ignore";

    [Fact]
    public void A_field_that_vanished_is_told_against_the_baseline()
    {
        Write(10, "\"phone\":\"1\"");
        Assert.Empty(Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors().Output);
        Write(10, "\"mobile\":\"1\"");
        var outcome = Run("Test-WorkdayExport $folder -BaselinePath $baseline").WithoutErrors();
        Assert.Equal(["FieldAppeared", "FieldVanished"], outcome.Each("Kind"));
        Assert.Equal(["mobile", "phone"], outcome.Each("Field"));
    }

    [Theory]
    [InlineData(10, true)]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void Quiet_gives_one_answer(int people, bool expected)
    {
        Write(10);
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        Write(people);
        Assert.Equal(expected, Assert.Single(Run("Test-WorkdayExport $folder -BaselinePath $baseline -Quiet").WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public void A_broken_export_does_not_become_the_baseline()
    {
        Folder.Write("student_data.json", """{"Report_Entry":[{"username":"a"},""");
        Assert.StartsWith("WorkdayExportIncomplete", Assert.Single(Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").Errors).FullyQualifiedErrorId);
        Assert.False(File.Exists(Folder["exports.json"]));
    }

    [Theory]
    [InlineData("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline")]
    [InlineData("$ExecutionContext.SessionState.Path.SetLocation($folder); Test-KohaMajorMapping")]
    public void An_old_export_is_a_warning_whoever_reads_it(string command)
    {
        Write(3);
        File.SetLastWriteTime(Folder["student_data.json"], DateTime.Now.AddDays(-31));
        Assert.Contains("student_data.json is of ", Assert.Single(Run(command).Warnings, warning => warning.Contains("days ago", StringComparison.Ordinal)));
    }

    [Fact]
    public void People_behind_a_record_that_is_too_large_count()
    {
        Write(10);
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        var people = File.ReadAllText(Folder["student_data.json"]);
        Folder.Write("student_data.json", people.Replace("[{", $"[{{\"x\":\"{new string('x', 17_000_000)}\"}},{{", StringComparison.Ordinal));
        Assert.DoesNotContain("Shrank", Run("Test-WorkdayExport $folder -BaselinePath $baseline").Each("Kind"));
    }

    [Fact]
    public void A_load_whose_export_shrank_leaves_the_old_file_as_it_is()
    {
        Write(10);
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        var csv = Folder.Write("patrons.csv", "old");
        Write(7);
        Assert.StartsWith("ExportShrank", Assert.Single(Run(Convert + " | Export-KohaPatronCsv $csv").Errors).FullyQualifiedErrorId);
        Assert.Equal("old", File.ReadAllText(csv));
        Run(Convert + " -MaximumShrink 30 | Export-KohaPatronCsv $csv").WithoutErrors();
        Assert.Equal(8, File.ReadAllLines(csv).Length);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    public void An_export_that_shrank_stays_in_the_baseline_as_it_was(int people)
    {
        Write(10);
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        Write(people);
        var outcome = Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        Assert.Equal(["Shrank"], outcome.Each("Kind"));
        Assert.Contains("-MaximumShrink", Assert.Single(outcome.Warnings, warning => warning.Contains("keeps what was there before", StringComparison.Ordinal)));
        Assert.Equal(["Shrank"], Run("Test-WorkdayExport $folder -BaselinePath $baseline").WithoutErrors().Each("Kind"));
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline -MaximumShrink 100").WithoutErrors();
        Assert.Empty(Run("Test-WorkdayExport $folder -BaselinePath $baseline").WithoutErrors().Output);
    }

    [Fact]
    public void Exports_of_one_name_in_several_folders_are_counted_together()
    {
        Write(6);
        Directory.CreateDirectory(Folder["other"]);
        File.Copy(Folder["student_data.json"], Folder["other/student_data.json"]);
        Run("Test-WorkdayExport $folder, $folder/other -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        Assert.Empty(Run("Test-WorkdayExport $folder, $folder/other -BaselinePath $baseline").WithoutErrors().Output);
        Write(0);
        Assert.Equal(["Shrank"], Run("Test-WorkdayExport $folder, $folder/other -BaselinePath $baseline").WithoutErrors().Each("Kind"));
    }

    [Fact]
    public void An_empty_export_stops_a_load_too()
    {
        Write(10);
        Run("Test-WorkdayExport $folder -BaselinePath $baseline -UpdateBaseline").WithoutErrors();
        Write(0);
        Assert.StartsWith("ExportShrank", Assert.Single(Run(Convert + " | Export-KohaPatronCsv $csv").Errors).FullyQualifiedErrorId);
        Assert.False(File.Exists(Folder["patrons.csv"]));
    }

    private void Write(int people, string field = "\"phone\":\"1\"") => Folder.Write(
        "student_data.json",
        "{\"Report_Entry\":[" + string.Join(",", Enumerable.Range(0, people).Select(i => $$"""{"username":"u{{i}}","last_name":"Kim","inst_email":"u{{i}}@example.edu","academic_level":"Graduate","primary_program":"Glass","universal_id":"{{1000 + i}}",{{field}}}""")) + "]}");

    private Outcome Run(string script) => Engine.Run(script, ("folder", Folder.Path), ("baseline", Folder["exports.json"]), ("csv", Folder["patrons.csv"]));
}
