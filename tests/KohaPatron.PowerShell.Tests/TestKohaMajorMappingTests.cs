namespace KohaPatron.PowerShell.Tests;

public sealed class TestKohaMajorMappingTests : ModuleTest
{
    private const string Unknown = """{"Report_Entry":[{"username":"anunez","academic_level":"Graduate","primary_program":"Comics MFA (Low-Residency)","programs":null}]}""";
    private const string Known = """{"Report_Entry":[{"username":"anunez","academic_level":"Graduate","primary_program":"Glass"}]}""";

    [Fact]
    public void An_unmapped_term_comes_with_a_line_to_paste()
    {
        var outcome = Run("Get-WorkdayPatron $path | Test-KohaMajorMapping", Unknown).WithoutErrors();
        Assert.Equal("Comics MFA (Low-Residency)", Assert.Single(outcome.Each("Term")));
        Assert.EndsWith("\"Comics MFA (Low-Residency)\": \"40\", // guess: \"Comics\"", outcome.Each("SettingsLine")[0]);
    }

    [Theory]
    [InlineData(Unknown, false)]
    [InlineData(Known, true)]
    public void Quiet_gives_one_answer(string export, bool expected) =>
        Assert.Equal(expected, Assert.Single(Run("Get-WorkdayPatron $path | Test-KohaMajorMapping -Quiet", export).WithoutErrors().Output).BaseObject);

    [Fact]
    public void The_line_that_is_offered_maps_the_term_when_it_is_pasted()
    {
        var outcome = Run(
            """
            $line = (Get-WorkdayPatron $path | Test-KohaMajorMapping).SettingsLine
            [IO.File]::WriteAllText($settings, "{`"majors`": {`n$line`n}}")
            Get-WorkdayPatron $path | Test-KohaMajorMapping -SettingsPath $settings -Quiet
            """,
            Unknown);
        Assert.True((bool)Assert.Single(outcome.WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public void The_lines_of_all_tables_are_grouped_and_explained_once()
    {
        Folder.Write("employee_data.json", """{"Report_Entry":[{"username":"b","etype":"Volunteers","department":"Student Success"}]}""");
        var outcome = Engine.Run(
            "Get-WorkdayPatron $folder | Test-KohaMajorMapping | ForEach-Object SettingsLine",
            ("folder", Folder.Path),
            ("path", Folder.Write("student_data.json", """{"Report_Entry":[{"username":"a","academic_level":"Graduate","primary_program":"Comics MFA (Low-Residency)"},{"username":"c","academic_level":"Graduate","primary_program":"Glass BFA"}]}""")));
        var lines = string.Join('\n', outcome.WithoutErrors().Output).Split('\n');
        Assert.Equal(["// to \"majors\":", "// to \"departments\":", "// to \"categories\":"], lines.Where(line => line.StartsWith("// to", StringComparison.Ordinal)));
        Assert.StartsWith("// \"guess\": ", lines[0]);
        Assert.Single(lines, line => line.Contains("check it", StringComparison.Ordinal));
        Assert.Equal(8, lines.Length);
    }

    [Theory]
    [InlineData("Say \\\"hi\\\" BFA")]
    [InlineData("Back\\\\slash \\t tab")]
    [InlineData("Üñï 😀 \\u2028 MFA")]
    [InlineData("Zzzz")]
    [InlineData("GLASS")]
    public void Whatever_stands_in_a_term_its_line_can_be_pasted(string term)
    {
        var outcome = Run(
            """
            $line = (Get-WorkdayPatron $path | Test-KohaMajorMapping).SettingsLine -replace '(?m)^// (".*"): "",$', '$1: "X",'
            [IO.File]::WriteAllText($settings, "{`"majors`": {`n$line`n}}")
            Get-WorkdayPatron $path | Test-KohaMajorMapping -SettingsPath $settings -Quiet
            """,
            $$"""{"Report_Entry":[{"username":"anunez","academic_level":"Graduate","primary_program":"{{term}}"}]}""");
        Assert.True((bool)Assert.Single(outcome.WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public void A_line_without_a_code_leaves_the_settings_as_they_are()
    {
        var outcome = Run(
            """
            $line = (Get-WorkdayPatron $path | Test-KohaMajorMapping).SettingsLine
            [IO.File]::WriteAllText($settings, "{`"majors`": {`n$line`n}}")
            Get-WorkdayPatron $path | Test-KohaMajorMapping -SettingsPath $settings -Quiet
            """,
            """{"Report_Entry":[{"username":"anunez","academic_level":"Graduate","primary_program":"Zzzz"}]}""");
        Assert.False((bool)Assert.Single(outcome.WithoutErrors().Output).BaseObject);
    }

    [Theory]
    [InlineData("""{"Report_Entry":[]}""")]
    [InlineData("""{"Report_Entry":[{"username":"a","acad""")]
    [InlineData("""{"Report_Entry":[{"username":"anunez","academic_level":"Graduate","primary_program":"Glass"},{""")]
    [InlineData("<html>Sign in</html>")]
    public void What_could_not_be_read_is_not_fine_and_leaves_the_baseline_alone(string export)
    {
        var outcome = Run(
            """
            Get-WorkdayPatron $path | Test-KohaMajorMapping -BaselinePath $baseline -UpdateBaseline -Quiet
            [IO.File]::WriteAllText($path, $export)
            Get-WorkdayPatron $path -ErrorAction Ignore | Test-KohaMajorMapping -BaselinePath $baseline -UpdateBaseline -Quiet -WarningAction Ignore
            Get-WorkdayPatron $path -ErrorAction Ignore | Test-KohaMajorMapping -BaselinePath $baseline -UpdateBaseline -WarningAction Ignore | ForEach-Object Change
            """.Replace("$export", $"'{export}'"),
            Known).WithoutErrors();
        Assert.Equal(["True", "False"], outcome.Output.Select(item => item.ToString()));
        Assert.Contains("Glass", File.ReadAllText(Folder["terms.json"]));
    }

    [Fact]
    public void Nothing_piped_reads_the_source_of_the_settings()
    {
        Folder.Write("koha-patron.json", """{"source": "."}""");
        var outcome = Run("Test-KohaMajorMapping -SettingsPath $settings", Unknown).WithoutErrors();
        Assert.Single(outcome.Output);
    }

    [Fact]
    public void An_error_of_the_source_is_told()
    {
        Folder.Write("koha-patron.json", """{"source": "."}""");
        var outcome = Run("Test-KohaMajorMapping -SettingsPath $settings", """{"Report_Entry":[{"username":"a"},""");
        Assert.StartsWith("WorkdayExportIncomplete", Assert.Single(outcome.Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void An_empty_pipeline_is_not_a_call_without_one() =>
        Assert.Empty(Run("@() | Test-KohaMajorMapping", Unknown).WithoutErrors().Output);

    [Fact]
    public void The_baseline_changes_only_when_asked_to()
    {
        var outcome = Run(
            """
            Get-WorkdayPatron $path | Test-KohaMajorMapping -BaselinePath $baseline -UpdateBaseline -WhatIf -Quiet
            [IO.File]::Exists($baseline)
            Get-WorkdayPatron $path | Test-KohaMajorMapping -BaselinePath $baseline -UpdateBaseline -Quiet
            [IO.File]::WriteAllText($path, '{"Report_Entry":[{"username":"a","academic_level":"Graduate","primary_program":"Sculpture"}]}')
            1..2 | ForEach-Object { Get-WorkdayPatron $path | Test-KohaMajorMapping -BaselinePath $baseline | ForEach-Object { "$($_.Change) $($_.Term)" } }
            """,
            Known).WithoutErrors();
        Assert.Equal(["True", "False", "True", "New Sculpture", "Gone Glass", "New Sculpture", "Gone Glass"], outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void UpdateBaseline_needs_a_file() =>
        Assert.StartsWith("BaselineNotNamed", Assert.Single(Run("Get-WorkdayPatron $path | Test-KohaMajorMapping -UpdateBaseline", Known).Errors).FullyQualifiedErrorId);

    private Outcome Run(string script, string export) => Engine.Run(
        script,
        ("path", Folder.Write("student_data.json", export)),
        ("settings", Folder["koha-patron.json"]),
        ("baseline", Folder["terms.json"]));
}
