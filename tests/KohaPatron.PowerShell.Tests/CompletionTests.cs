using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What Tab offers.</summary>
public sealed class CompletionTests : KohaTest
{
    [Theory]
    [InlineData("Get-WorkdayPatron -Type E", "Employee")]
    [InlineData("Get-WorkdayPatron -Type Student,P", "PreCollege")]
    [InlineData("ConvertTo-KohaPatronCsv -Profile 202", "2023 2026")]
    [InlineData("Get-KohaPatronSetting maj", "majors")]
    [InlineData("Get-KohaPatronSetting -Name facultyE", "facultyExpiry")]
    [InlineData("Test-KohaPatronCsv -DateFormat M", "Metric")]
    public void A_parameters_values_are_offered(string typed, string offered) => Assert.Equal(offered, string.Join(" ", Offered(typed)));

    [Fact]
    public void Ends_of_semesters_are_offered_by_the_months_of_the_settings_the_next_ones_first()
    {
        Folder.Write("koha-patron.json", """{"facultyExpiry":{"January":"02-28"}}""");
        Run("$ExecutionContext.SessionState.Path.SetLocation($folder)").WithoutErrors();
        foreach (var typed in new[] { "ConvertTo-KohaPatronCsv -SettingsPath ./koha-patron.json -End ", "Add-KohaPatron -SettingsPath ./koha-patron.json -End " })
        {
            var ends = Offered(typed).Select(end => DateTime.ParseExact(end, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.Equal(ends.Order(), ends);
            Assert.True(ends[0] >= DateTime.Today);
            Assert.All(ends, end => Assert.Equal(1, end.AddDays(1).Day));
            Assert.Equal([1, 5, 8, 12], ends.Take(4).Select(end => end.Month).Order());
        }

        Folder.Write("koha-patron.json", "{");
        Assert.Empty(Offered("ConvertTo-KohaPatronCsv -SettingsPath ./koha-patron.json -End "));
    }

    [Theory]
    [InlineData("Get-KohaPatron -Connection ")]
    [InlineData("Compare-KohaProxNumber -Connection ")]
    [InlineData("Test-KohaPatronCsv -Connection ")]
    [InlineData("Test-KohaMajorMapping -Connection ")]
    [InlineData("Disconnect-Koha ")]
    public async Task Connections_are_offered_by_name(string typed)
    {
        await using var koha = await FakeKoha.StartAsync();
        Run(koha, "Connect-Koha $root $credential -Name main; Connect-Koha $root $credential -Name 'test Koha'").WithoutErrors();
        Assert.Equal(["main", "'test Koha'"], Offered(typed));
        Assert.Equal(["'test Koha'"], Offered(typed + "'te"));
    }

    [Theory]
    [InlineData("Where-Object PrimaryProgram -eq ")]
    [InlineData("where PrimaryProgram -like ")]
    [InlineData("? primaryprogram -eq ")]
    [InlineData("Where-Object UserName -like a* | Where-Object PrimaryProgram -ne ")]
    public void The_majors_of_the_export_at_hand_are_offered_and_quoted(string filter)
    {
        Folder.Write("student_data.json", Export(Student("a", "1", "\"primary_program\":\"Animation\""), Student("b", "2", "\"primary_program\":\"Writer's Room\""), Student("c", "3", "\"primary_program\":\"Animation\"")));
        Assert.Equal(["Animation", "'Writer''s Room'"], Offered($"Get-WorkdayPatron '{Folder.Path}' -Type Student | {filter}"));
        Run("$exports = $folder").WithoutErrors();
        Assert.Equal(["'Writer''s Room'"], Offered($"Get-WorkdayPatron $exports | {filter}wri"));
    }

    [Fact]
    public void Departments_of_employees_are_offered()
    {
        Folder.Write("employee_data.json", Export(Employee("a", "1", "\"department\":\"Student Affairs\""), Employee("b", "2", "\"department\":\"Libraries\"")));
        Assert.Equal(["Libraries", "'Student Affairs'"], Offered($"Get-WorkdayPatron '{Folder.Path}' | Where-Object Department -eq "));
    }

    [Fact]
    public void The_names_of_a_status_are_offered() =>
        Assert.Contains("Unchanged", Offered("Get-WorkdayPatron | Compare-KohaProxNumber | Where-Object Status -ne "));

    [Fact]
    public void Nothing_is_run_that_only_looks_like_reading()
    {
        var planted = Folder["planted.txt"];
        Offered($"Get-WorkdayPatron $([IO.File]::WriteAllText('{planted}', 'x')) | Where-Object PrimaryProgram -eq ");
        Assert.False(File.Exists(planted));
    }

    [Fact]
    public void What_is_piped_to_the_reading_is_not_guessed_at()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Assert.DoesNotContain("Animation", Offered($"'elsewhere' | Get-WorkdayPatron '{Folder.Path}' | Where-Object PrimaryProgram -eq "));
    }

    [Fact]
    public void An_export_that_cannot_be_read_offers_nothing_and_disturbs_nobody()
    {
        Folder.Write("student_data.json", "{\"Report_Entry\":[7");
        Assert.Empty(Offered($"Get-WorkdayPatron '{Folder.Path}' | Where-Object PrimaryProgram -eq "));
        Assert.Empty(Run("$Error").Output);
    }

    private List<string> Offered(string typed) => Engine.Complete(typed);
}
