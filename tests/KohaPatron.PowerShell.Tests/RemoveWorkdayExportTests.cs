namespace KohaPatron.PowerShell.Tests;

/// <summary>Remove-WorkdayExport: the files of a load go, everything else stays and is named.</summary>
public sealed class RemoveWorkdayExportTests : ModuleTest
{
    private void Given()
    {
        Folder.Write("student_data.json", Export(Student("anunez", "1")));
        Folder.Write(".student_data.json.source", "{}");
        Folder.Write(".student_data.json.1234.part", "x");
        Folder.Write("missing.json", """[{"username":"anunez","universal_id":"1"}]""");
        Folder.Write("prox.csv", "List of Changed Secondary Account Numbers\n\n\"Universal ID\",\"Prox ID\"\n\"1\",\"2\"\n");
        Folder.Write("patrons.csv", "branchcode,cardnumber,categorycode,surname,userid\nSF,1,STAFF,Kim,bkim\n");
        Folder.Write("budget.csv", "year,amount\n2026,1\n");
        Folder.Write("notes.json", """{"todo": []}""");
        Folder.Write("cards.jsonl", """{"Event":"Intent","Time":"2026-11-24T00:00:00+00:00","Step":1,"PatronId":5,"UserId":"anunez","Before":"1","After":"2"}""");
    }

    [Fact]
    public void A_folder_loses_the_files_of_the_load_and_keeps_the_rest()
    {
        Given();
        var result = Run("Remove-WorkdayExport $folder -Confirm:$false").WithoutErrors();
        Assert.Equal(["budget.csv", "cards.jsonl", "notes.json"], Left());
        Assert.Equal("6 files removed; left: budget.csv, cards.jsonl (Undo-KohaProxNumber needs it), notes.json.", Assert.Single(result.Information));
        Assert.Empty(result.Output);
    }

    [Fact]
    public void WhatIf_removes_nothing()
    {
        Given();
        Run("Remove-WorkdayExport $folder -WhatIf").WithoutErrors();
        Assert.Equal(9, Left().Count);
    }

    [Fact]
    public void A_named_file_goes_with_what_is_kept_beside_it()
    {
        Given();
        Run("Get-WorkdayPatron $folder | Out-Null; [IO.FileInfo]\"$folder/student_data.json\" | Remove-WorkdayExport -Confirm:$false").WithoutErrors();
        Assert.DoesNotContain(Left(), name => name.Contains("student", StringComparison.Ordinal));
        Assert.Equal(6, Left().Count);
    }

    [Fact]
    public void A_named_file_of_something_else_stays_unless_forced()
    {
        Given();
        Assert.StartsWith("CleanupNotOfALoad", Assert.Single(Run("Remove-WorkdayExport $folder/budget.csv -Confirm:$false").Errors).FullyQualifiedErrorId);
        Assert.Contains("budget.csv", Left());
        Run("Remove-WorkdayExport $folder/budget.csv -Confirm:$false -Force").WithoutErrors();
        Assert.DoesNotContain("budget.csv", Left());
    }

    [Fact]
    public void Without_a_path_the_settings_say_where()
    {
        Given();
        Folder.Write("koha-patron.settings", """{"source": ".", "proxReport": "prox.csv"}""");
        Run("Remove-WorkdayExport -SettingsPath $folder/koha-patron.settings -Confirm:$false").WithoutErrors();
        Assert.Equal(["budget.csv", "cards.jsonl", "koha-patron.settings", "notes.json"], Left());
        Folder.Write("koha-patron.settings", """{"source": "gs://bucket/"}""");
        Assert.StartsWith("CleanupNothingNamed", Run("Remove-WorkdayExport -SettingsPath $folder/koha-patron.settings -Confirm:$false").Failure!.FullyQualifiedErrorId);
    }

    private List<string> Left() => [.. Directory.EnumerateFiles(Folder.Path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
