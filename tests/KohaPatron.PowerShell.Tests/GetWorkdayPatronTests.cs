using System.Management.Automation;
using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Get-WorkdayPatron: the odd inputs of real exports, and what a user does with people.</summary>
public sealed class GetWorkdayPatronTests : ModuleTest
{
    [Theory]
    [InlineData("""{"Report_Entry":[]}""", 0)]
    [InlineData("""[]""", 0)]
    [InlineData("""{"Report_Entry":null}""", 0)]
    [InlineData("""[{"username":"a"}]""", 1)]
    [InlineData("""{"Report_Entry":{"username":"a"}}""", 1)]
    [InlineData("""{"Report_Name":{"x":[1,{"y":2}]},"Report_Entry":[{"username":"a"}],"Total":1}""", 1)]
    [InlineData("\uFEFF{\"Report_Entry\":[{\"username\":\"a\"}]}", 1)]
    [InlineData("  \r\n\t[\r\n{\"username\":\"a\"}\r\n,{}]\r\n", 2)]
    public void Every_shape_of_an_export_is_read(string json, int people)
    {
        var path = Folder.Write("student_data.json", json);
        Assert.Equal(people, Run("Get-WorkdayPatron $path", ("path", path)).WithoutErrors().Output.Count);
    }

    [Fact]
    public void Every_known_field_is_a_property_and_unknown_ones_are_too()
    {
        Folder.Write("student_data.json", """
            [{"academic_level":"Graduate","first_name":"Ana","last_name":"Núñez","inst_email":"a@example.edu","primary_program":"Glass",
              "programs":[null,{"program":"Glass","program_type":"Major","credentials":"MFA"}],"student_id":"0012","universal_id":"001","username":"anunez","phone":"5",
              "campus":"Oakland","credits":12,"honors":true,"advisors":["x","y"]}]
            """);
        var person = Run("Get-WorkdayPatron $folder").WithoutErrors().Output[0];
        string Value(string name) => person.Properties[name].Value.ToString()!;
        Assert.Equal(
            ["Student", "Graduate", "Graduate", "Ana", "Núñez", "Ana Núñez", "a@example.edu", "a@example.edu", "Glass", "0012", "001", "anunez", "5", "Oakland", "12", "True"],
            new[] { "Type", "AcademicLevel", "Level", "FirstName", "LastName", "Name", "InstEmail", "Email", "PrimaryProgram", "StudentId", "UniversalId", "UserName", "Phone", "campus", "credits", "honors" }.Select(Value));
        Assert.Equal("MFA", Run("(Get-WorkdayPatron $folder).Programs[0].Credentials").Output[0].ToString());
        Assert.Equal("y", Run("(Get-WorkdayPatron $folder).advisors[1]").Output[0].ToString());
        Assert.Single(Run("Get-WorkdayPatron $folder | Where-Object campus -eq Oakland").WithoutErrors().Output);
    }

    [Fact]
    public void Unknown_fields_with_names_that_are_taken_or_empty_get_another_one()
    {
        Folder.Write("student_data.json", """[{"username":"a","Name":"x","name":"y","":"z","NAME":"w"}]""");
        var person = Run("Get-WorkdayPatron $folder").WithoutErrors().Output[0];
        Assert.Equal(["x", "y", "z", "w"], new[] { "Workday_Name", "Workday_Workday_name", "Workday_", "Workday_Workday_Workday_NAME" }.Select(name => person.Properties[name]?.Value?.ToString()));
    }

    [Fact]
    public void A_load_that_takes_longer_than_two_seconds_shows_how_far_it_is()
    {
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 9000).Select(i => Student("u" + i, i.ToString()))]));
        var result = Run("$slow = [scriptblock]::Create('begin { $n = 0 } process { if (!($n++ % 1500)) { [Threading.Thread]::Sleep(450) } $_ }'); Get-WorkdayPatron $folder/student_data.json | & $slow | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber @() | & { process { } }").WithoutErrors();
        var reading = result.Progress.Where(record => record.Activity == "Reading student_data.json").ToList();
        Assert.Matches(@"^\d+\.\d of \d+\.\d MB, \d+\.\d MB a second$", reading[0].StatusDescription);
        Assert.InRange(reading[0].PercentComplete, 1, 100);
        Assert.Equal(ProgressRecordType.Completed, reading[^1].RecordType);
        var rows = result.Progress.Where(record => record.Activity == "Rows of the patron import").ToList();
        Assert.Matches(@"^[\d,]+ people, [\d,]+ people a second$", rows[0].StatusDescription);
        Assert.Equal(ProgressRecordType.Completed, rows[^1].RecordType);
        Assert.Empty(Run("Get-WorkdayPatron $folder/student_data.json").Progress);
    }

    [Theory]
    [InlineData("koha-patron.json", """{"library":"OAK","majors":{}}""", "koha-patron.json is JSON, but not a Workday export: expected {\"Report_Entry\": [ … ]} or a list, found an object with \"library\", \"majors\".")]
    [InlineData("plan.json", """[{"Status":"Change","UserId":"a"},{"Status":"Change","UserId":"b"}]""", "plan.json is JSON, but not an export: its first record has none of an export's fields")]
    [InlineData("student_data.json", """[{"Status":"Change","UserId":"a"},{"Status":"Change","UserId":"b"}]""", "student_data.json is JSON, but not an export: its first record has none of an export's fields")]
    public void Other_JSON_is_not_an_export_and_said_once(string name, string json, string message)
    {
        var result = Run("Get-WorkdayPatron $path", ("path", Folder.Write(name, json)));
        Assert.Contains(message, result.Failure.ToString());
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_record_that_is_nested_too_deeply_or_too_large_is_told_as_that_and_the_next_one_is_read()
    {
        var deep = new string('[', 2000) + new string(']', 2000);
        var large = Student("x", "9", $"\"note\":\"\\\"]{new string('x', 17_000_000)}\\\\\"");
        Folder.Write("student_data.json", Export(large, Student("a", "1"), Student("d", "8", $"\"note\":{deep}"), large, Student("b", "2"), Student("z", "7", "\"programs\":5")));
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(["a", "b"], result.Each("UserName"));
        Assert.Equal(
            ["record 1 (line 1): the record is larger than 16 MB", "record 3 (line 3): the record is nested too deeply", "record 4 (line 4): the record is larger than 16 MB", "record 6 (line 6): \"programs\" should be"],
            result.Errors.Select(error => System.Text.RegularExpressions.Regex.Match(error.ToString(), @"record \d+ \(line \d+\): (the record is (larger than 16 MB|nested too deeply)|""programs"" should be)").Value));
    }

    [Fact]
    public void What_is_no_JSON_is_not_read_to_its_end_and_pipes_and_devices_are_not_read_at_all()
    {
        // Its end is so far that nobody would wait for it.
        using (var video = File.Create(Folder["video.json"]))
            video.SetLength(1L << 40);
        Assert.Contains("video.json, line 1: not valid JSON", Run("Get-WorkdayPatron $folder/video.json").Failure.ToString());
        if (OperatingSystem.IsWindows())
            return;
        System.Diagnostics.Process.Start("mkfifo", [Folder["student_data.json"]]).WaitForExit();
        Folder.Write("koha-patron.json", "{}");
        foreach (var command in new[] { "Get-WorkdayPatron /dev/zero", "Get-WorkdayPatron $folder -Type Student", "Import-ProxReport /dev/zero", "Get-KohaPatronSetting -SettingsPath $folder/student_data.json" })
            Assert.Contains("It is a named pipe or a device, not a file.", Run(command).Failure.ToString());
    }

    [Fact]
    public void Half_a_load_an_unfinished_download_and_old_exports_are_warnings()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Folder.Write("employee_data.json.crdownload", "[");
        File.SetLastWriteTime(Folder["student_data.json"], DateTime.Now.AddDays(-31));
        var result = Run("Get-WorkdayPatron $folder -Verbose").WithoutErrors();
        var day = DateTime.Now.AddDays(-31).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            [
                $"{Folder["employee_data.json.crdownload"]} is a download that has not ended. Wait for it, or download the export again.",
                $"There is no employee_data.json in {Folder.Path}: the people in it are not in this run. Say with -Type whom you want if that is right.",
                $"student_data.json is of {day}, more than 30 days ago. Download it again; or say with -MaximumAge, or \"maximumAge\" in the settings, how old it may be.",
            ],
            result.Warnings);
        Assert.Contains($"Reading {Folder["student_data.json"]} (of {day})", result.Verbose);
        Assert.Empty(Run("Get-WorkdayPatron $folder -Type Student -MaximumAge 40").Warnings);
    }

    [Theory]
    [InlineData("\"1\"", true)]
    [InlineData("true", true)]
    [InlineData("1", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"0\"", false)]
    [InlineData("false", false)]
    [InlineData("0", false)]
    [InlineData("null", null)]
    [InlineData("\"\"", null)]
    public void Booleans_come_in_three_spellings(string json, bool? expected)
    {
        Folder.Write("employee_data.json", $"[{{\"username\":\"a\",\"active_status\":{json},\"is_contingent\":{json}}}]");
        var person = Run("Get-WorkdayPatron $folder").WithoutErrors().Output[0];
        Assert.Equal(expected, person.Properties["ActiveStatus"].Value);
        Assert.Equal(expected, person.Properties["IsContingent"].Value);
    }

    [Fact]
    public void Identifiers_written_as_numbers_are_taken_as_they_are_written()
    {
        Folder.Write("student_data.json", """[{"username":"a","universal_id":1005512,"student_id":12.50}]""");
        var person = Run("Get-WorkdayPatron $folder").WithoutErrors();
        Assert.Equal(["1005512"], person.Each("UniversalId"));
        Assert.Equal(["12.50"], person.Each("StudentId"));
    }

    [Theory]
    [InlineData("\"programs\":\"Glass\"", "\"programs\" should be a list, found text")]
    [InlineData("\"programs\":[1]", "\"programs\" should be a list of programs, found a number")]
    [InlineData("\"programs\":[{},{\"program\":[]}]", "\"programs[1].program\" should be text, found a list")]
    [InlineData("\"last_name\":{\"x\":1}", "\"last_name\" should be text, found an object")]
    [InlineData("\"last_name\":[\"x\"]", "\"last_name\" should be text, found a list")]
    [InlineData("\"last_name\":true", "\"last_name\" should be text, found true or false")]
    public void A_malformed_record_is_an_error_and_the_next_one_follows(string member, string message)
    {
        Folder.Write("student_data.json", $"{{\"Report_Entry\":[\n{{\"username\":\"first\"}},\n{{\"username\":\"bad\",{member}}},\n{{\"username\":\"last\"}}]}}");
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(["first", "last"], result.Each("UserName"));
        var error = Assert.Single(result.Errors);
        Assert.StartsWith($"student_data.json, record 2 (line 3): {message}", error.ToString());
        Assert.StartsWith("WorkdayRecordInvalid,", error.FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("\"secret\"", "text")]
    [InlineData("[1,2]", "a list")]
    [InlineData("7", "a number")]
    public void A_record_that_is_no_object_is_an_error_of_its_own(string record, string found)
    {
        Folder.Write("student_data.json", $"[{{\"username\":\"first\"}},{record},{{\"username\":\"last\"}}]");
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(["first", "last"], result.Each("UserName"));
        Assert.Contains($"record 2 (line 1): the record should be an object, found {found}", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_spoil_one_record_only()
    {
        byte[] bytes = [.. Encoding.Latin1.GetBytes("[{\"username\":\"first\"},{\"username\":\"n\u00e9\"},{\"username\":\"last\"}]")];
        Folder.Write("student_data.json", bytes);
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(["first", "last"], result.Each("UserName"));
        Assert.Contains("\"username\" is not valid UTF-8 text", Assert.Single(result.Errors).ToString());
    }

    [Theory]
    [InlineData("""{"Report_Entry":[{"username":"a"},{"user""", 1, "ends in the middle, in record 2 (byte 40)")]
    [InlineData("""{"Report_Entry":[{"username":"a"},{"username":"b"}""", 2, "ends in the middle")]
    [InlineData("""{"Report_Entry":[{"username":"a"}]""", 1, "ends in the middle")]
    [InlineData("""{"Report_Entry":[""", 0, "ends in the middle")]
    [InlineData("""[{"username":"a"},{"username":bad},{"username":"c"}]""", 1, "line 1, in record 2: not valid JSON")]
    [InlineData("""[{"username":"a"}] trailing""", 1, "not valid JSON")]
    [InlineData("<!DOCTYPE html><html></html>", 0, "Was a login page saved")]
    [InlineData("", 0, "is empty (0 bytes)")]
    [InlineData("""{"error":"not authorized"}""", 0, "expected {\"Report_Entry\": [ … ]} or a list, found an object with \"error\"")]
    [InlineData("""{"Report_Entry":"none"}""", 0, "\"Report_Entry\" should be a list, found text")]
    [InlineData("\"text\"", 0, "found text")]
    public void A_broken_export_gives_the_people_before_the_break_and_says_where(string json, int people, string message)
    {
        Folder.Write("student_data.json", json);
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(people, result.Output.Count);
        var error = Assert.Single(result.Errors);
        Assert.Contains(message, error.ToString());
        Assert.DoesNotContain("   at ", error.ToString());
    }

    [Fact]
    public void An_export_saved_as_UTF16_is_named_as_such()
    {
        Folder.Write("student_data.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("[]")]);
        Assert.Contains("UTF-16", Assert.Single(Run("Get-WorkdayPatron $folder").Errors).ToString());
    }

    [Fact]
    public void A_folder_gives_students_then_pre_college_then_employees()
    {
        Folder.Write("employee_data.json", Export(Employee("e", "3")));
        Folder.Write("student_pre_college_data.json", Export(Student("p", "2", "\"academic_level\":\"Pre-College\"")));
        Folder.Write("student_data.json", Export(Student("s", "1")));
        Folder.Write("other.json", "not an export");
        Assert.Equal(["s", "p", "e"], Run("Get-WorkdayPatron -Path $folder").WithoutErrors().Each("UserName"));
        Assert.Equal(["Student", "PreCollege", "Employee"], Run("Get-WorkdayPatron -Path $folder").Each("Type"));
        Assert.Equal(["s", "e"], Run("Get-WorkdayPatron -Path $folder -Type Employee,Student").WithoutErrors().Each("UserName"));
    }

    [Fact]
    public void A_type_whose_file_is_missing_is_an_error_and_the_others_are_read()
    {
        Folder.Write("student_data.json", Export(Student("s", "1")));
        var result = Run("Get-WorkdayPatron -Path $folder -Type Student,PreCollege");
        Assert.Equal(["s"], result.Each("UserName"));
        Assert.Contains("student_pre_college_data.json", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void Without_a_path_the_current_folder_is_read_and_with_settings_their_source()
    {
        Folder.Write("student_data.json", Export(Student("s", "1")));
        Assert.Equal(["s"], Run("$ExecutionContext.SessionState.Path.SetLocation($folder) | Out-Null; Get-WorkdayPatron").Each("UserName"));
        Directory.CreateDirectory(Folder["exports"]);
        Folder.Write("exports/employee_data.json", Export(Employee("e", "3")));
        var settings = Folder.Write("koha-patron.json", """{"source":"exports"}""");
        Assert.Equal(["e"], Run("Get-WorkdayPatron -SettingsPath $settings", ("settings", settings)).WithoutErrors().Each("UserName"));
    }

    [Fact]
    public void Files_come_from_the_pipeline_by_wildcard_and_literally()
    {
        Folder.Write("student_data.json", Export(Student("s", "1")));
        Folder.Write("a[1].json", Export(Student("x", "2")));
        Assert.Equal(["s"], Run("[IO.FileInfo]::new(\"$folder/student_data.json\") | Get-WorkdayPatron").WithoutErrors().Each("UserName"));
        Assert.Equal(["s"], Run("\"$folder/student_*.json\" | Get-WorkdayPatron").WithoutErrors().Each("UserName"));
        Assert.Equal(["x"], Run("Get-WorkdayPatron -LiteralPath \"$folder/a[1].json\"").WithoutErrors().Each("UserName"));
        Assert.Equal(["s"], Run("[pscustomobject]@{ PSPath = \"$folder/student_data.json\" } | Get-WorkdayPatron").WithoutErrors().Each("UserName"));
    }

    [Fact]
    public void A_path_that_leads_nowhere_is_an_error_and_the_next_path_is_read()
    {
        Folder.Write("student_data.json", Export(Student("s", "1")));
        var result = Run("Get-WorkdayPatron \"$folder/nope.json\", $folder");
        Assert.Equal(["s"], result.Each("UserName"));
        Assert.StartsWith("PathNotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Directory.CreateDirectory(Folder["empty"]);
        Assert.Contains("No Workday export", Assert.Single(Run("Get-WorkdayPatron \"$folder/empty\"").Errors).ToString());
    }

    [Fact]
    public void In_a_file_of_another_name_each_record_tells_what_it_is()
    {
        var missing = Folder.Write("missing.json", $"[{Student("s", "1")},{Employee("e", "2")},{Student("p", "3", "\"academic_level\":\"Pre-College\"")},{{\"username\":\"who\"}}]");
        var result = Run("Get-WorkdayPatron $missing", ("missing", missing));
        Assert.Equal(["Student", "Employee", "PreCollege"], result.Each("Type"));
        Assert.Contains("no field that tells a student from an employee", Assert.Single(result.Errors).ToString());
        Assert.Equal(["e"], Run("Get-WorkdayPatron $missing -Type Employee -ErrorAction Ignore", ("missing", missing)).Each("UserName"));
    }

    [Fact]
    public void A_message_never_quotes_what_stands_in_a_record()
    {
        Folder.Write("student_data.json", """[{"username":"a","last_name":["Verysecret"],"active":1},{"last_name":"Verysecret""");
        var result = Run("Get-WorkdayPatron $folder");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.DoesNotContain("Verysecret", error.ToString() + error.Exception));
    }

    [Fact]
    public void The_first_person_comes_out_long_before_the_last_is_read_and_no_more_than_needed_live_at_once()
    {
        using (var file = new StreamWriter(Folder["student_data.json"]))
        {
            file.Write("[");
            for (var i = 0; i < 60_000; i++)
                file.Write($"{(i == 0 ? "" : ",\n")}{Student("u" + i, i.ToString())}");
            file.Write("]");
        }

        // Counts the records that are alive while they stream by: a reader that kept them would have all of them at the end.
        const string Script = """
            $alive = [Collections.Generic.List[WeakReference]]::new(); $script:most = 0; $script:seen = 0
            Get-WorkdayPatron $folder | ForEach-Object {
                $script:seen++
                if ($script:seen % 100 -eq 0) { $alive.Add([WeakReference]::new($_)) }
                if ($script:seen % 20000 -eq 0) {
                    [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
                    $now = 0; foreach ($w in $alive) { if ($w.IsAlive) { $now++ } }
                    if ($now -gt $script:most) { $script:most = $now }
                }
            }
            $script:seen; $script:most
            """;
        var result = Run(Script).WithoutErrors();
        Assert.Equal(60_000, (int)result.Output[0].BaseObject);
        Assert.InRange((int)result.Output[1].BaseObject, 0, 150);
    }

    [Fact]
    public void Whoever_has_enough_ends_the_reading()
    {
        Folder.Write("student_data.json", "[" + string.Join(",", Enumerable.Range(0, 5_000).Select(i => Student("u" + i, i.ToString()))) + ",{\"broken");
        var result = Run("foreach ($x in 1) { Get-WorkdayPatron $folder | ForEach-Object { $_; break } }");
        Assert.Equal(["u0"], result.Each("UserName"));
        Assert.Empty(result.Errors);
    }
}
