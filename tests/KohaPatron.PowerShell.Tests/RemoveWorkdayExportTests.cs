using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Remove-WorkdayExport: the files of a load go, everything else stays and is named.</summary>
public sealed class RemoveWorkdayExportTests : ModuleTest
{
    private void Given()
    {
        Folder.Write("student_data.json", Export(Student("anunez", "1")));
        Folder.Write(".student_data.json.source", """{"source":"gs://campus/student_data.json","generation":1234,"crc32c":7}""");
        Folder.Write(".student_data.json.1234.part", Export(Student("anunez", "1"))[..40]);
        Folder.Write("missing.json", """[{"username":"anunez","universal_id":"1"}]""");
        Folder.Write("prox.csv", "List of Changed Secondary Account Numbers\n\n\"Universal ID\",\"Prox ID\"\n\"1\",\"2\"\n");
        Folder.Write("patrons.csv", "branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes\nSF,1,STAFF,,,,,,Kim,bkim,,\n");
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
    public void What_only_looks_like_a_file_of_a_load_is_somebody_elses()
    {
        Folder.Write(".thesis.json.1.part", "chapter one");
        Folder.Write(".archive.source", "deb http://archive.example.org stable main");
        Folder.Write("payroll.json", """{"Report_Entry":[{"worker":"1","gross":"1"}]}""");
        Folder.Write("employee_data.json", "my notes");
        Folder.Write("koha-backup.csv", "borrowernumber,branchcode,cardnumber,categorycode,surname,userid\n1,SF,1,STAFF,Kim,bkim\n");
        Run("Remove-WorkdayExport $folder -Confirm:$false").WithoutErrors();
        Assert.Equal([".archive.source", ".thesis.json.1.part", "employee_data.json", "koha-backup.csv", "payroll.json"], Left());
    }

    [Fact]
    public void WhatIf_removes_nothing()
    {
        Given();
        var result = Run("Remove-WorkdayExport $folder -WhatIf").WithoutErrors();
        Assert.Equal(9, Left().Count);
        Assert.Equal("Would be left: budget.csv, cards.jsonl (Undo-KohaProxNumber needs it), notes.json.", Assert.Single(result.Information));
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
    public void What_is_in_Cloud_Storage_stays_there() =>
        Assert.StartsWith("CleanupInCloudStorage", Assert.Single(Run("Remove-WorkdayExport gs://campus/ -Confirm:$false").Errors).FullyQualifiedErrorId);

    [Fact]
    public void A_file_from_the_pipeline_is_no_pattern_for_others()
    {
        Folder.Write("student[1].json", Export(Student("anunez", "1")));
        Folder.Write("student1.json", Export(Student("bkim", "2")));
        Run("[IO.FileInfo]\"$folder/student[1].json\" | Remove-WorkdayExport -Confirm:$false").WithoutErrors();
        Assert.Equal(["student1.json"], Left());
        Run("Remove-WorkdayExport -LiteralPath $folder/student1.json -Confirm:$false").WithoutErrors();
        Assert.Empty(Left());
    }

    [Fact]
    public void A_link_is_left_since_the_people_are_elsewhere()
    {
        Directory.CreateDirectory(Folder["elsewhere"]);
        Folder.Write("elsewhere/student_data.json", Export(Student("anunez", "1")));
        File.CreateSymbolicLink(Folder["student_data.json"], Folder["elsewhere/student_data.json"]);
        File.CreateSymbolicLink(Folder["patrons.csv"], Folder["nowhere.csv"]);
        Assert.Equal("0 files removed; left: patrons.csv (a link), student_data.json (a link).", Assert.Single(Run("Remove-WorkdayExport $folder -Confirm:$false").WithoutErrors().Information));
        Assert.StartsWith("CleanupIsALink", Run("Remove-WorkdayExport $folder/student_data.json -Confirm:$false -Force").Errors.Single().FullyQualifiedErrorId);
        Assert.Equal(["patrons.csv", "student_data.json"], Left());
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
    public void Exports_that_the_settings_name_go_and_their_neighbours_stay()
    {
        const string Fields = """{"userName":"Login","lastName":"Family","universalId":"ID Nr","email":"Mail"}""";
        Folder.Write("koha-patron.settings", """{"source":".","exports":{"Student":{"file":"Registrar_*.csv","fields":FIELDS},"Employee":{"file":"staff.txt","encoding":"Latin1","fields":FIELDS}}}""".Replace("FIELDS", Fields, StringComparison.Ordinal));
        const string Report = "Login;Family;ID Nr;Mail\nbkim;Kim;2;b@example.edu\n";
        Folder.Write("Registrar_2026.csv", Report);
        Folder.Write(".Registrar_2026.csv.1234.part", Report[..40]);
        Folder.Write("Registrar_fees.csv", "Login;Fee\nbkim;100\n");
        Folder.Write("Registrar_notes.csv", "nothing of anybody\n");
        Folder.Write("Former_2026.csv", Report);
        Folder.Write(".Former_2026.csv.1234.part", Report);
        Folder.Write("staff.txt", Encoding.Latin1.GetBytes(Report.Replace("Kim", "Müller", StringComparison.Ordinal)));
        Folder.Write("cards.csv", Encoding.Unicode.GetBytes("Universal ID;Prox ID\n2;57426\n"));
        Run("Remove-WorkdayExport $folder -SettingsPath $folder/koha-patron.settings -Confirm:$false").WithoutErrors();
        Assert.Equal([".Former_2026.csv.1234.part", "Former_2026.csv", "Registrar_fees.csv", "Registrar_notes.csv", "koha-patron.settings"], Left());
        Folder.Write("Registrar_2026.csv", Report);
        Run("Remove-WorkdayExport $folder -Confirm:$false").WithoutErrors();
        Assert.Contains("Registrar_2026.csv", Left());
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
