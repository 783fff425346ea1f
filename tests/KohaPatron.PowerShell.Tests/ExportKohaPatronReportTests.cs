namespace KohaPatron.PowerShell.Tests;

public sealed class ExportKohaPatronReportTests : ModuleTest
{
    private const string Load = """
        $out = Get-WorkdayPatron $export | ConvertTo-KohaPatronCsv -End 2027-12-12 -IncludeSkipped -WarningAction Ignore
        $gaps = Get-WorkdayPatron $export | Test-KohaMajorMapping
        $cards = [pscustomobject]@{ PSTypeName = 'Some.ProxUpdateResult'; Status = 'Updated'; UserId = 'anunez'; CardThen = '57426'; Name = 'Geheim' }

        """;

    [Fact]
    public void Whatever_a_run_emitted_becomes_one_page()
    {
        Run(Load + "$out + $gaps + $cards | Export-KohaPatronReport $report -Title 'Load <1>'").WithoutErrors();
        var html = File.ReadAllText(Folder["report.html"]);
        Assert.Contains("<h1>Load &lt;1&gt;</h1>", html);
        foreach (var title in new[] { "Rows for Koha", "People left out", "Majors, departments and categories to look at", "Card numbers" })
            Assert.Contains(title, html);
        Assert.Contains(">anunez<", html);
        foreach (var personal in new[] { "Geheim", "57426", "@example.edu", "1005512" })
            Assert.DoesNotContain(personal, html);
    }

    [Fact]
    public void Objects_that_come_back_from_a_file_are_shown_as_what_they_were()
    {
        Run(Load + "$xml = [System.Management.Automation.PSSerializer]::Serialize($out)\n[System.Management.Automation.PSSerializer]::Deserialize($xml) | Export-KohaPatronReport $report").WithoutErrors();
        Assert.Contains("Rows for Koha", File.ReadAllText(Folder["report.html"]));
    }

    [Theory]
    [InlineData("", "1 ready, 1 without a card, 1 left out.")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Some.PatronCsvProblem'; Severity = 'Error'; Line = 2; Rule = 'DuplicateCard' }", "0 ready, 1 will be refused, 1 without a card, 1 left out.")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Some.PatronCsvProblem'; Severity = 'Error'; Line = 1; Rule = 'BadHeader' }", "0 ready, 1 will be refused, 1 without a card, 1 left out.")]
    [InlineData("[pscustomobject]@{ PSTypeName = 'Some.PatronCsvProblem'; Severity = 'Warning'; Line = 2; Rule = 'TooLong' }", "1 ready, 1 without a card, 1 left out.")]
    public void The_first_sentence_is_the_verdict(string problem, string verdict)
    {
        Run(Load + $"$problems = @({problem}); @($out) + $problems | Export-KohaPatronReport $report").WithoutErrors();
        Assert.Contains($"<p class=\"verdict\">{verdict}</p>", File.ReadAllText(Folder["report.html"]));
    }

    [Fact]
    public void Warnings_of_the_load_categories_and_reasons_in_words_stand_on_the_page()
    {
        Run("""
            $out = Get-WorkdayPatron $export | ConvertTo-KohaPatronCsv -End 2027-12-12 -IncludeSkipped -WarningVariable warnings -WarningAction SilentlyContinue
            @($out) + $warnings | Export-KohaPatronReport $report
            """).WithoutErrors();
        var html = File.ReadAllText(Folder["report.html"]);
        Assert.Contains("Warnings of the load", html);
        Assert.Contains("Comics MFA: 1 person has this major", html);
        Assert.Contains("<h3>By categorycode</h3>", html);
        Assert.Contains("no e-mail address", html);
        Assert.DoesNotContain("NoEmail", html);
    }

    [Fact]
    public void A_line_for_the_settings_stands_there_without_the_comments_before_it()
    {
        Run("Get-WorkdayPatron $export | Test-KohaMajorMapping | Export-KohaPatronReport $report").WithoutErrors();
        Assert.Contains("class=\"code\">&quot;Comics MFA&quot;: ", File.ReadAllText(Folder["report.html"]));
    }

    [Fact]
    public void What_a_spreadsheet_would_run_is_text_on_the_page()
    {
        Run("[pscustomobject]@{ PSTypeName = 'Some.PatronCsvProblem'; Severity = 'Error'; Line = 2; UserId = '=HYPERLINK(1)' } | Export-KohaPatronReport $report").WithoutErrors();
        Assert.Contains(">&#39;=HYPERLINK(1)<", File.ReadAllText(Folder["report.html"]));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Run(Load + "$out | Export-KohaPatronReport $report -WhatIf").WithoutErrors();
        Assert.False(File.Exists(Folder["report.html"]));
    }

    [Fact]
    public void An_empty_run_is_a_page_that_says_so()
    {
        var outcome = Run("@() | Export-KohaPatronReport $report -PassThru").WithoutErrors();
        Assert.IsType<FileInfo>(Assert.Single(outcome.Output).BaseObject);
        Assert.Contains("nothing to report", File.ReadAllText(Folder["report.html"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_that_says_so() =>
        Assert.StartsWith("PatronReportCannotWrite", Assert.Single(Run("1 | Export-KohaPatronReport \"$report/x/y.html\"").Errors).FullyQualifiedErrorId);

    private Outcome Run(string script) => Engine.Run(
        script,
        ("export", Folder.Write("student_data.json", """{"Report_Entry":[{"username":"anunez","last_name":"Geheim","inst_email":"a@example.edu","academic_level":"Graduate","primary_program":"Comics MFA","universal_id":"1005512"},{"username":"bkim","last_name":"Kim"}]}""")),
        ("report", Folder["report.html"]));
}
