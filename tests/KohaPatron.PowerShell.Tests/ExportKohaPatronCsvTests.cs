using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Export-KohaPatronCsv: the bytes that Koha wants, and never half a file.</summary>
public sealed class ExportKohaPatronCsvTests : ModuleTest
{
    private const string Header = "branchcode,cardnumber,categorycode,dateenrolled,dateexpiry,email,firstname,patron_attributes,surname,userid,phone,borrowernotes\n";
    private const string Load = "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2023-12-12 -EnrolledOn 2023-08-20 -WarningAction Ignore";

    private string Written(string name = "out.csv") => Encoding.UTF8.GetString(File.ReadAllBytes(Folder[name]));

    [Fact]
    public void The_file_is_UTF8_without_BOM_with_Kohas_header_and_RFC_4180_quoting()
    {
        Folder.Write("student_data.json", Export(Student("a", "1", "\"last_name\":\"Núñez, \\\"Jr.\\\"\",\"first_name\":\"Đức 😀\"")));
        Assert.Empty(Run($"{Load} | Export-KohaPatronCsv $folder/out.csv").WithoutErrors().Output);
        Assert.Equal(Header + "SF,1,UNDERGRAD,2023-08-20,2023-12-12,a@example.edu,Đức 😀,\"UNIVID:1,STUID:S1,STUDENTMAJ:1\",\"Núñez, \"\"Jr.\"\"\",a,,\n", Written());
        Assert.Equal((byte)'b', File.ReadAllBytes(Folder["out.csv"])[0]);
    }

    [Fact]
    public void Nobody_is_no_file_and_the_header_alone_with_Force()
    {
        Folder.Write("student_data.json", Export());
        var error = Run($"{Load} | Export-KohaPatronCsv $folder/out.csv").Failure;
        Assert.StartsWith("PatronCsvNoRows,", error.FullyQualifiedErrorId);
        Assert.Contains("out.csv was not made", error.ToString());
        Assert.False(File.Exists(Folder["out.csv"]));
        Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -Force").WithoutErrors();
        Assert.Equal(Header, Written());
    }

    /// <summary>However the rows come: straight, through a script, as property bags, kept in a variable, and as property bags in a variable.</summary>
    [Theory]
    [InlineData("READ | CONVERT | Export-KohaPatronCsv $out")]
    [InlineData("READ | & { process { $_ } } | CONVERT | & { process { if ($_.categorycode -eq 'GRAD') { $_ } } } | Export-KohaPatronCsv $out")]
    [InlineData("READ | CONVERT | BAG | Export-KohaPatronCsv $out")]
    [InlineData("$people = READ; $rows = $people | CONVERT; READALL | CONVERT > $null; $rows | Export-KohaPatronCsv $out")]
    [InlineData("$rows = READ | CONVERT | BAG; $rows | Export-KohaPatronCsv $out")]
    public void A_cut_export_never_replaces_a_file(string pipeline)
    {
        var whole = File.ReadAllBytes(Path.Combine(Places.RepositoryRoot, "examples", "student_data.json"));
        for (var tenth = 1; tenth < 10; tenth++)
            Folder.Write($"cut{tenth}.json", whole.AsSpan(0, whole.Length * tenth / 10).ToArray());
        Folder.Write("whole.json", whole);
        Folder.Write("out.csv", "good\nfile\n");
        var script = pipeline.Replace("READALL", "(Get-WorkdayPatron $folder/whole.json)", StringComparison.Ordinal)
            .Replace("READ", "Get-WorkdayPatron $folder/cut$n.json", StringComparison.Ordinal)
            .Replace("CONVERT", "ConvertTo-KohaPatronCsv -End 2099-12-12", StringComparison.Ordinal)
            .Replace("BAG", "& { process { $b = [pscustomobject]@{ userid = $_.userid; surname = $_.surname }; $b.PSTypeNames.Insert(0, 'Selected.KohaPatron.Core.Koha.KohaPatronRow'); $b } }", StringComparison.Ordinal);
        var result = Run("$WarningPreference = 'Ignore'; $out = \"$folder/out.csv\"; foreach ($n in 1..9) { try { " + script + " } catch { $_ } }");
        var refusals = result.Output.Select(item => Assert.IsType<System.Management.Automation.ErrorRecord>(item.BaseObject)).ToList();
        Assert.Equal(Enumerable.Repeat("PatronCsvIncomplete", 9), refusals.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Matches(@"^cut9\.json broke off after 3\d\d people\. .*out\.csv is as it was \(2 lines, \d{4}-\d\d-\d\d\)\. Download the export again, or write what there is with -Force\.$", refusals[8].ToString());
        Assert.Equal("good\nfile\n", Written());
        // Yesterday's broken run in the same session says nothing of today's.
        Run("Get-WorkdayPatron $folder/whole.json | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction Ignore | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.StartsWith(Header, Written());
    }

    [Fact]
    public void Records_that_cannot_be_read_and_exports_that_cannot_be_opened_keep_the_old_file_too()
    {
        Folder.Write("out.csv", "old");
        Folder.Write("student_data.json", Export(Student("a", "1"), "5", Student("b", "2"), "7"));
        Folder.Write("employee_data.json", "");
        var refusal = Run($"{Load} | Export-KohaPatronCsv $folder/out.csv").Errors.Single(error => error.FullyQualifiedErrorId.StartsWith("PatronCsv", StringComparison.Ordinal));
        Assert.StartsWith("student_data.json holds 2 records that could not be read; employee_data.json could not be read. ", refusal.ToString());
        Assert.Equal("old", Written());
        Folder.Write("whole.json", Export(Student("a", "1")));
        refusal = Run("Get-WorkdayPatron $folder/whole.json, $folder/none.json | ConvertTo-KohaPatronCsv -End 2099-12-12 | Export-KohaPatronCsv $folder/out.csv").Errors[^1];
        Assert.StartsWith($"{Folder["none.json"]} could not be read. ", refusal.ToString());
        Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -Force");
        Assert.Equal(3, Written().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void Who_takes_only_the_first_of_an_export_gets_them()
    {
        Folder.Write("student_data.json", Export(Student("a", "1"), Student("b", "2")));
        Run($"{Load} | & {{ begin {{ $n = 0 }} process {{ if (!$n++) {{ $_ }} }} }} | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.Equal(2, Written().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public void An_existing_file_is_replaced_and_PassThru_gives_the_file()
    {
        Folder.Write("out.csv", "old");
        Folder.Write("student_data.json", Export(Student("a", "1")));
        var result = Run($"{Load} | Export-KohaPatronCsv -Path $folder/out.csv -PassThru").WithoutErrors();
        Assert.Equal(Folder["out.csv"], Assert.IsType<FileInfo>(Assert.Single(result.Output).BaseObject).FullName);
        Assert.StartsWith(Header, Written());
        Assert.Equal(["out.csv", "student_data.json"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ForEach-Object { if ($_.userid -eq 'u600') { throw 'broken' }; $_ }")]
    [InlineData("ForEach-Object { if ($_.userid -eq 'u600') { 1/0 } ; $_ } -ErrorAction Stop")]
    public void A_broken_run_leaves_the_old_file_whole_and_nothing_beside_it(string breaking)
    {
        Folder.Write("out.csv", "old");
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 1200).Select(i => Student("u" + i, i.ToString()))]));
        Run($"$ErrorActionPreference = 'Stop'; {Load} | {breaking} | Export-KohaPatronCsv $folder/out.csv");
        Assert.Equal("old", Written());
        Assert.Equal(2, Directory.GetFiles(Folder.Path).Length);
    }

    [Fact]
    public void Append_adds_rows_under_the_same_header()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Folder.Write("out.csv", "\uFEFF" + Header + "SF,9,STAFF,,,,,,Old,old,,");
        Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -Append; {Load} | Export-KohaPatronCsv $folder/new.csv -Append").WithoutErrors();
        Assert.Equal(3, Written().TrimEnd().Split('\n').Length);
        Assert.StartsWith(Header + "SF,9,STAFF,,,,,,Old,old,,\nSF,1,", Written());
        Assert.Equal(2, Written("new.csv").TrimEnd().Split('\n').Length);
        Folder.Write("out.csv", "<html>");
        Assert.StartsWith("PatronCsvOtherHeader,", Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -Append").Failure.FullyQualifiedErrorId);
        Assert.Equal("<html>", Written());
        Assert.Equal(["new.csv", "out.csv", "student_data.json"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatIf_names_the_file_and_writes_nothing()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -WhatIf").WithoutErrors();
        Assert.False(File.Exists(Folder["out.csv"]));
        Assert.Single(Directory.GetFiles(Folder.Path));
    }

    [Fact]
    public void A_read_only_file_needs_Force()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        var path = Folder.Write("out.csv", "old");
        new FileInfo(path).IsReadOnly = true;
        Assert.StartsWith("PatronCsvReadOnly,", Run($"{Load} | Export-KohaPatronCsv $folder/out.csv").Failure.FullyQualifiedErrorId);
        Assert.Equal("old", Written());
        Run($"{Load} | Export-KohaPatronCsv $folder/out.csv -Force").WithoutErrors();
        Assert.StartsWith(Header, Written());
    }

    [Fact]
    public void Nobody_at_all_does_not_replace_a_file_that_is_there()
    {
        Folder.Write("out.csv", "old");
        const string Nobody = "Get-WorkdayPatron $folder/nowhere -ErrorAction Ignore | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction Ignore | Export-KohaPatronCsv $folder/";
        Assert.StartsWith("PatronCsvNoRows,", Run(Nobody + "out.csv").Failure.FullyQualifiedErrorId);
        Assert.Equal("old", Written());
        Assert.Single(Directory.GetFiles(Folder.Path));
        Run(Nobody + "out.csv -Force").WithoutErrors();
        Assert.Equal(Header, Written());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_told_without_a_stack_trace()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        var error = Run($"{Load} | Export-KohaPatronCsv $folder/none/out.csv").Failure;
        Assert.StartsWith("PatronCsvCannotWrite,", error.FullyQualifiedErrorId);
        Assert.Contains("Nothing was changed", error.ToString());
    }

    [Fact]
    public void Rows_may_be_changed_filtered_and_extended_on_the_way()
    {
        Folder.Write("student_data.json", Export(Student("a", "1"), Student("b", "2")));
        Run($"{Load} | ForEach-Object {{ $_.branchcode = 'OAK'; $_.phone = $null; $_.borrowernotes = \"x`ny\"; $_ }} | Where-Object userid -eq b | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.Contains("\nOAK,2,UNDERGRAD,", Written());
        Assert.EndsWith(",b,,x y\n", Written());
        Run($"{Load} | ForEach-Object {{ $_.PSObject.Properties.Add([psnoteproperty]::new('sort1', 'BFA')); $_ }} | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.StartsWith(Header.TrimEnd() + ",sort1\n", Written());
        Assert.EndsWith(",b,,,BFA\n", Written());
    }

    [Fact]
    public void The_same_row_object_used_again_is_written_as_it_was_each_time()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Run($"$row = {Load}; & {{ foreach ($i in 1..2000) {{ $row.userid = \"u$i\"; $row }} }} | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => "u" + i), Written().TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')[^3]));
    }

    [Fact]
    public void Other_objects_with_Kohas_column_names_are_rows_and_what_is_no_row_is_an_error_of_its_own()
    {
        var result = Run("[pscustomobject]@{surname='A';userid='a'}, 'text', [pscustomobject]@{userid='b';surname='B'}, [pscustomobject]@{surname='C';userid='c';sort1='x'}, $null | Export-KohaPatronCsv $folder/out.csv");
        Assert.Equal("surname,userid\nA,a\nB,b\n", Written());
        Assert.Equal(["PatronCsvNotARow", "PatronCsvOtherColumns"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void People_who_were_left_out_do_not_get_into_the_file()
    {
        Folder.Write("student_data.json", Export(Student("a", "1"), Student("b", "2", "\"inst_email\":null")));
        Run($"{Load} -IncludeSkipped | Export-KohaPatronCsv $folder/out.csv").WithoutErrors();
        Assert.Equal(2, Written().TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_load_and_leaves_the_old_file()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There is no SIGINT for one process on Windows.");
        Folder.Write("out.csv", "old");
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 3000).Select(i => Student("u" + i, i.ToString()))]));
        using var process = PowerShellProcess.Start($"$folder = '{Folder.Path}'; 'started'; {Load.Replace("|", "| ForEach-Object { Start-Sleep -Milliseconds 50; $_ } |", StringComparison.Ordinal)} | Export-KohaPatronCsv $folder/out.csv; 'ended'");
        Assert.Equal("started", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        using var kill = System.Diagnostics.Process.Start("sh", ["-c", $"kill -INT {process.Id}"]);
        Assert.True(process.WaitForExit(60_000));
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal("old", File.ReadAllText(Folder["out.csv"]));
        Assert.Equal(2, Directory.GetFiles(Folder.Path).Length);
    }
}
