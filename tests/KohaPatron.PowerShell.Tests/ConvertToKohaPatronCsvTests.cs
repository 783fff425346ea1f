namespace KohaPatron.PowerShell.Tests;

/// <summary>ConvertTo-KohaPatronCsv: the rules of the load, each in its table, through the cmdlets.</summary>
public sealed class ConvertToKohaPatronCsvTests : ModuleTest
{
    private const string Load = "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -EnrolledOn 2023-08-20";

    private Outcome Students(string options, params string[] records)
    {
        Folder.Write("student_data.json", Export(records));
        return Run($"{Load} {options}");
    }

    private Outcome Employees(string options, params string[] records)
    {
        Folder.Write("employee_data.json", Export(records));
        return Run($"{Load} {options}");
    }

    private Outcome OneEmployee(string more, string options = "-End 2023-12-12") => Employees(options, Employee("jdoe", "77", more));

    private static string[] Said(Outcome result) => [.. result.Warnings.Where(warning => !warning.StartsWith("No prox report", StringComparison.Ordinal) && !warning.StartsWith("There is no ", StringComparison.Ordinal))];

    [Fact]
    public void A_student_becomes_a_row_in_Kohas_columns()
    {
        var row = Students("-End 2023-12-12", Student("anunez", "001005512", "\"first_name\":\" Ana \",\"last_name\":\"Núñez\",\"phone\":\"555\"")).WithoutErrors().Output[0];
        Assert.Equal(
            [
                ("branchcode", "SF"), ("cardnumber", "001005512"), ("categorycode", "UNDERGRAD"), ("dateenrolled", "2023-08-20"),
                ("dateexpiry", "2023-12-12"), ("email", "anunez@example.edu"), ("firstname", "Ana"),
                ("patron_attributes", "UNIVID:001005512,STUID:S1,STUDENTMAJ:1"), ("surname", "Núñez"), ("userid", "anunez"), ("phone", "555"), ("borrowernotes", ""),
            ],
            row.Properties.Select(property => (property.Name, (string)property.Value)));
    }

    [Fact]
    public void An_employee_becomes_a_row_in_Kohas_columns()
    {
        var row = OneEmployee("\"work_phone\":\"555-2\",\"phone\":\"555-1\"").WithoutErrors().Output[0];
        Assert.Equal(
            ["SF", "77", "STAFF", "2023-08-20", "2023-12-31", "jdoe@example.edu", "F", "UNIVID:77,FACDEPT:a", "L", "jdoe", "555-2", ""],
            row.Properties.Select(property => (string)property.Value));
        Assert.Equal(["555-1"], OneEmployee("\"phone\":\"555-1\"").Each("phone"));
    }

    [Fact]
    public void A_pre_college_student_carries_a_note_and_no_major()
    {
        var result = Students("-End 2023-12-12", Student("pc", "1", "\"academic_level\":\"Pre-College\"")).WithoutErrors();
        Assert.Equal(["Pre-college 2023"], result.Each("borrowernotes"));
        Assert.Equal(["SPECIALSTU"], result.Each("categorycode"));
        Assert.Equal(["UNIVID:1,STUID:S1"], result.Each("patron_attributes"));
        Assert.Empty(Said(result));
    }

    // Section 3: who becomes a patron.
    [Theory]
    [InlineData("\"inst_email\":null", "NoEmail")]
    [InlineData("\"inst_email\":\" \"", "NoEmail")]
    [InlineData("\"last_name\":null", "NoLastName")]
    [InlineData("\"username\":\"KIOSK\"", "Exception")]
    [InlineData("\"username\":null", "NoUserName")]
    [InlineData("\"universal_id\":null", "NoUniversalId")]
    [InlineData("\"academic_level\":\"Doctorate\"", "NoCategory")]
    public void A_student_is_left_out_with_the_reason(string member, string reason)
    {
        var settings = Folder.Write("koha-patron.json", """{"exceptions":["kiosk"]}""");
        var options = $"-End 2023-12-12 -SettingsPath '{settings}'";
        Assert.Empty(Students(options, Student("s", "1", member)).WithoutErrors().Output);
        Assert.Equal([reason], Students(options + " -IncludeSkipped", Student("s", "1", member)).Each("Reason"));
    }

    [Theory]
    [InlineData("\"active_status\":false", "2023", "Inactive")]
    [InlineData("\"work_email\":null", "2023", "NoEmail")]
    [InlineData("\"etype\":\"Students\"", "2023", "Etype")]
    [InlineData("\"etype\":\"Contingent Employees/Contractors\"", "2026", "Etype")]
    [InlineData("\"job_profile\":\"Special Programs Instructor (inactive)\"", "2023", "JobProfile")]
    [InlineData("\"is_contingent\":1", "2023", "Contingent")]
    [InlineData("\"last_name\":\"\"", "2023", "NoLastName")]
    public void An_employee_is_left_out_with_the_reason(string member, string profile, string reason)
    {
        var result = OneEmployee(member, $"-End 2023-12-12 -Profile {profile} -IncludeSkipped").WithoutErrors();
        Assert.Equal([reason], result.Each("Reason"));
        Assert.Contains("0 rows, 1 left out (-IncludeSkipped shows whom and why)", Assert.Single(result.Information));
    }

    [Fact]
    public void A_contractor_by_etype_alone_is_left_out_only_since_2026()
    {
        const string Contractor = "\"etype\":\"Contingent Employees/Contractors\"";
        var result = OneEmployee(Contractor);
        Assert.Equal(["STAFF"], result.Each("categorycode"));
        Assert.Contains("Treated as Staff", Assert.Single(Said(result)));
    }

    // Section 4: category by etype, else etype_future, else Staff with a warning.
    [Theory]
    [InlineData("\"etype\":\"Faculty\"", "FACULTY", null)]
    [InlineData("\"etype\":\"Instructors\",\"job_profile\":\"Atelier Instructor\"", "SPECIALFAC", null)]
    [InlineData("\"etype\":null,\"etype_future\":\"Faculty\"", "FACULTY", null)]
    [InlineData("\"etype\":null", "STAFF", "jdoe: neither etype nor etype_future. Treated as Staff.")]
    [InlineData("\"etype\":\"Volunteers\"", "STAFF", "Volunteers: 1 person has this etype, which the categories table lacks: jdoe. Treated as Staff. Test-KohaMajorMapping gives the line to paste.")]
    public void The_category_goes_by_etype(string member, string category, string? warning)
    {
        var result = OneEmployee(member).WithoutErrors();
        Assert.Equal([category], result.Each("categorycode"));
        Assert.Equal(warning is null ? [] : [warning], Said(result));
    }

    // Section 4: majors.
    [Theory]
    [InlineData("\"primary_program\":\"Animation\"", "1", false)]
    [InlineData("\"primary_program\":\" Animation \"", "1", false)]
    [InlineData("\"primary_program\":\"New\",\"programs\":[null,{\"program\":\"Other\"},{\"program\":\"Glass\"},{\"program\":\"Film\"}]", "8", false)]
    [InlineData("\"primary_program\":null,\"programs\":[{\"program\":\"Undeclared, UG\"}]", "33", false)]
    [InlineData("\"primary_program\":\"New\",\"programs\":[{\"program\":\"Newer\"}]", null, true)]
    [InlineData("\"primary_program\":null,\"programs\":null", null, true)]
    public void The_major_goes_by_primary_program_then_by_programs(string member, string? code, bool warned)
    {
        var result = Students("-End 2023-12-12", Student("s", "1", member)).WithoutErrors();
        Assert.Equal([code is null ? "UNIVID:1,STUID:S1" : $"UNIVID:1,STUID:S1,STUDENTMAJ:{code}"], result.Each("patron_attributes"));
        Assert.Equal(warned, Said(result).Length == 1 && Said(result)[0].Contains("Their rows carry no major.", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_names_user_primary_program_and_programs_of_an_unknown_major() =>
        Assert.Contains(
            "s: no known major. Primary program: \"New\"; programs: \"Newer\", \"Newest\". The row carries no major.",
            Students("-End 2023-12-12 -Verbose", Student("s", "1", "\"primary_program\":\"New\",\"programs\":[{\"program\":\"Newer\"},{\"program\":\"Newest\"}]")).Verbose);

    [Fact]
    public void A_student_without_any_program_is_told_as_that() =>
        Assert.Equal(["1 person has no major: s. Their rows carry no major."], Said(Students("-End 2023-12-12", Student("s", "1", "\"primary_program\":null"))));

    [Theory]
    [InlineData("Mar\u00A0ia", "Mar ia", "character 4 of firstname, a no-break space (U+00A0), became a space")]
    [InlineData("Mar\u200Bia", "Maria", "character 4 of firstname, a character without width (U+200B), was taken out")]
    [InlineData("\u202EMaria", "Maria", "character 1 of firstname, a mark of writing direction (U+202E), was taken out")]
    [InlineData("Mar\u200Dia", "Maria", "character 4 of firstname, a character without width (U+200D), was taken out")]
    [InlineData("\u0641\u200C\u0641", "\u0641\u200C\u0641", null)]
    [InlineData("\uD83D\uDC69\u200D\uD83D\uDCBB", "\uD83D\uDC69\u200D\uD83D\uDCBB", null)]
    public void What_nobody_sees_in_a_value_is_taken_out_and_told_by_its_place(string name, string written, string? told)
    {
        var result = Students("-End 2023-12-12", Student("s", "1", $"\"first_name\":\"{name}\"")).WithoutErrors();
        Assert.Equal([written], result.Each("firstname"));
        Assert.Equal(told is null ? 0 : 1, Said(result).Length);
        Assert.StartsWith(told is null ? "" : $"s: {told}; nobody sees it", Said(result).FirstOrDefault() ?? "");
    }

    // Section 4: departments.
    [Theory]
    [InlineData("\"program\":\"Film\",\"department\":\"Libraries\"", ",FACDEPT:3", null)]
    [InlineData("\"department\":\"Libraries\"", ",FACDEPT:a", null)]
    [InlineData("\"department\":null,\"job_profile\":\"YASP Instructor\"", ",FACDEPT:b", null)]
    [InlineData("\"program\":\"All Faculty\"", "", null)]
    [InlineData("\"program\":\"New\",\"department\":\"Libraries\"", "", "New: 1 person has this department, which the departments table lacks: jdoe.")]
    [InlineData("\"department\":null,\"job_profile\":\"New\"", "", "jdoe: no program, no department, and no job profile that the departments table has.")]
    public void The_department_goes_by_program_then_department_then_job_profile(string member, string attribute, string? warning)
    {
        var result = OneEmployee(member).WithoutErrors();
        Assert.Equal(["UNIVID:77" + attribute], result.Each("patron_attributes"));
        Assert.Equal(warning is null ? 0 : 1, Said(result).Length);
        Assert.StartsWith(warning ?? "", Said(result).FirstOrDefault() ?? "");
    }

    // Section 4: the instructor check.
    [Theory]
    [InlineData("Special Programs Instructor", "2023", false)]
    [InlineData("Atelier Instructor", "2023", false)]
    [InlineData("Extension Instructor", "2023", false)]
    [InlineData("YASP & Atelier Youth Programs Instructor", "2023", true)]
    [InlineData("YASP & Atelier Youth Programs Instructor", "2026", false)]
    [InlineData("Ceramics Technician", "2023", true)]
    public void An_instructor_with_another_job_profile_is_to_be_checked_and_still_made(string job, string profile, bool warned)
    {
        var result = OneEmployee($"\"etype\":\"Instructors\",\"job_profile\":\"{job}\"", $"-End 2023-12-12 -Profile {profile}").WithoutErrors();
        Assert.Single(result.Output);
        Assert.Equal(warned ? [$"jdoe: Instructor with the job profile \"{job}\": check that this account is needed."] : [], Said(result));
    }

    // Section 5: expiry.
    [Theory]
    [InlineData("Instructors", "2023", "2023-12-12", "2023-12-31")]
    [InlineData("Instructors", "2026", "2024-02-10", "2024-02-29")]
    [InlineData("Staff", "2023", "2023-12-12", "2023-12-31")]
    [InlineData("Staff", "2023", "2023-02-01", "2023-02-28")]
    [InlineData("Staff", "2026", "2023-12-12", "2024-08-20")]
    [InlineData("Faculty", "2023", "2023-05-12", "2023-05-31")]
    [InlineData("Faculty", "2023", "2023-08-12", "2023-08-31")]
    [InlineData("Faculty", "2023", "2023-12-12", "2024-01-31")]
    [InlineData("Faculty", "2026", "2023-12-31", "2024-01-31")]
    [InlineData("Faculty", "2026", "2023-11-12", "2024-08-20")]
    public void An_employees_account_expires_by_kind_and_end_of_semester(string etype, string profile, string end, string expiry) =>
        Assert.Equal([expiry], OneEmployee($"\"etype\":\"{etype}\",\"job_profile\":\"Atelier Instructor\"", $"-End {end} -Profile {profile}").WithoutErrors().Each("dateexpiry"));

    [Fact]
    public void A_year_from_29_February_is_28_February()
    {
        Folder.Write("employee_data.json", Export(Employee("jdoe", "77")));
        Assert.Equal(["2025-02-28"], Run("Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2024-05-12 -EnrolledOn 2024-02-29 -Profile 2026").Each("dateexpiry"));
    }

    [Fact]
    public void Faculty_in_another_month_ends_the_load_in_2023_and_names_the_setting()
    {
        var result = OneEmployee("\"etype\":\"Faculty\"", "-End 2023-11-15");
        Assert.Empty(result.Output);
        Assert.Equal(
            "No rule for the expiry of Faculty when a semester ends in November. Add one under \"facultyExpiry\" in the settings (in force: no-settings.json over built-in profile 2023), or use -Profile 2026.",
            result.Failure.ToString());
        Assert.Contains("expires by \"facultyExpiry.otherwise\"", Assert.Single(Said(OneEmployee("\"etype\":\"Faculty\"", "-End 2023-11-15 -Profile 2026"))));
        Assert.Single(Students("-End 2023-11-15", Student("s", "1")).Output);
    }

    /// <summary>Zero width, no-break space, soft hyphen, byte order mark: copied from a web page, and seen by nobody.</summary>
    [Fact]
    public void Letters_that_nobody_sees_keep_no_universal_ID_from_its_card()
    {
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n1001,51\n1002,52\n\u200B1003\u00A0,53\n");
        var result = Students("-End 2023-12-12 -ProxReport $folder/prox.csv", Student("a", "\u200B001001"), Student("b", "00\uFEFF10\u00AD02\u00A0"), Student("c", "1003")).WithoutErrors();
        Assert.Equal(["51", "52", "53"], result.Each("cardnumber"));
        Assert.Equal(["a: character 8 of patron_attributes, a character without width", "b: character 10 of patron_attributes, a character without width"], Said(result).Select(warning => warning.Split(" (U+")[0]));
    }

    [Fact]
    public void The_card_comes_from_the_report_whatever_the_leading_zeros_and_else_is_the_universal_ID()
    {
        var prox = Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n0001,000057426\n\"2\",\"\"\n");
        var result = Students("-End 2023-12-12 -ProxReport $folder/prox.csv", Student("a", "01"), Student("b", "002"), Student("c", " 3 ")).WithoutErrors();
        Assert.Equal(["57426", "002", "3"], result.Each("cardnumber"));
        Assert.Empty(Said(result));
        var numbers = Run($"$n = Import-ProxReport '{prox}'; {Load} -End 2023-12-12 -ProxNumber $n").WithoutErrors();
        Assert.Equal(["57426", "002", "3"], numbers.Each("cardnumber"));
        var bags = Run($"{Load} -End 2023-12-12 -ProxNumber ([pscustomobject]@{{UniversalId='1';CardNumber='9'}}), ([pscustomobject]@{{'Universal ID'='002';'Prox ID'='008'}}), 'x'");
        Assert.Equal(["9", "8", "3"], bags.Each("cardnumber"));
        Assert.StartsWith("ProxNumberInvalid,", Assert.Single(bags.Errors).FullyQualifiedErrorId);
        Assert.StartsWith("ProxReportAmbiguous,", Run($"{Load} -End 2023-12-12 -ProxNumber @() -ProxReport x").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public void Without_a_report_it_says_once_that_cards_are_universal_IDs()
    {
        var result = Students("-End 2023-12-12", Student("a", "1"), Student("b", "2"));
        Assert.Single(result.Warnings, warning => warning.StartsWith("No prox report: all card numbers are universal IDs.", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_people_with_one_card_or_one_userid_are_reported_and_both_rows_are_made()
    {
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n1,500\n2,500\n3,4\n");
        var result = Students("-End 2023-12-12 -ProxReport $folder/prox.csv", Student("a", "1"), Student("b", "2"), Student("c", "3"), Student("d", "4"), Student("Á", "5"), Student("e", "6"), Student("f", "6")).WithoutErrors();
        Assert.Equal(7, result.Output.Count);
        Assert.Equal(
            [
                "2 people share a card: a, b. Both rows are written; Koha will refuse the second.",
                "2 people share a card: c, d. Both rows are written; Koha will refuse the second.",
                "Á: an earlier row has the same userid. Both rows are written; Koha takes them for one patron.",
                "f: an earlier row has the same cardnumber. Both rows are written; Koha will refuse the second.",
            ],
            Said(result));
    }

    [Fact]
    public void Line_breaks_inside_a_field_become_a_space_with_a_warning()
    {
        var result = Students("-End 2023-12-12", Student("a", "1", "\"last_name\":\"Ortiz\\r\\nVega\",\"first_name\":\"A\\u2028B\",\"phone\":\"1\\u00002\"")).WithoutErrors();
        Assert.Equal(["Ortiz Vega"], result.Each("surname"));
        Assert.Equal(["A B"], result.Each("firstname"));
        Assert.Equal(["1 2"], result.Each("phone"));
        Assert.Equal(3, Said(result).Length);
        Assert.Contains("a: a line break in surname became a space; Koha reads the file line by line.", Said(result));
    }

    [Fact]
    public void An_attribute_with_comma_or_quote_is_quoted_for_Kohas_inner_CSV() =>
        Assert.Equal(["UNIVID:1,\"STUID:a,\"\"b\"\"\",STUDENTMAJ:1"], Students("-End 2023-12-12", Student("a", "1", "\"student_id\":\"a,\\\"b\\\"\"")).Each("patron_attributes"));

    [Theory]
    [InlineData("2023-13-45")]
    [InlineData("12/12/2023")]
    [InlineData("next week")]
    public void A_day_that_is_no_ISO_date_is_refused(string end) =>
        Assert.Contains($"Expected a day such as 2023-12-12 (year-month-day), found \"{end}\"", Students($"-End '{end}'", Student("a", "1")).Failure.ToString());

    [Fact]
    public void An_end_before_the_day_of_the_load_is_a_warning() =>
        Assert.Contains(Students("-End 2023-05-31", Student("a", "1")).Warnings, warning => warning.StartsWith("-End 2023-05-31 is before 2023-08-20", StringComparison.Ordinal));

    [Fact]
    public void The_totals_add_up_on_the_information_stream_and_in_a_variable()
    {
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n1,500\n");
        var result = Students("-End 2023-12-12 -ProxReport $folder/prox.csv -SummaryVariable load | Out-Null; $load", Student("a", "1"), Student("b", "2"), Student("c", "3", "\"inst_email\":null"));
        Assert.Equal(["2 rows, 1 left out (-IncludeSkipped shows whom and why), 0 warnings."], result.Information);
        Assert.Equal(["3", "2", "1", "1", "1", "0"], new[] { "People", "Rows", "LeftOut", "CardsFromReport", "CardsFromUniversalId", "Warnings" }.Select(name => result.Output[0].Properties[name].Value.ToString()));
    }

    [Fact]
    public void An_incomplete_export_is_said_again_at_the_end()
    {
        Folder.Write("student_data.json", "[" + Student("a", "1") + ",{\"user");
        Assert.Contains("student_data.json was not read to its end: these rows are not everybody.", Run($"{Load} -End 2023-12-12 -ErrorAction SilentlyContinue").Warnings);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("fi-FI")]
    public void The_culture_of_the_machine_changes_nothing(string culture)
    {
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n1,000057426\n");
        Folder.Write("student_data.json", Export(Student("iris", "1", "\"academic_level\":\"Graduate\"")));
        Folder.Write("employee_data.json", Export(Employee("iiro", "2", "\"etype\":\"Instructors\",\"job_profile\":\"Atelier Instructor\""), Employee("ivy", "3", "\"etype\":\"Faculty\"")));
        var result = Run($"[Threading.Thread]::CurrentThread.CurrentCulture = '{culture}'; {Load} -End 2023-12-12 -ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(["2023-12-12", "2023-12-31", "2024-01-31"], result.Each("dateexpiry"));
        Assert.Equal(["GRAD", "SPECIALFAC", "FACULTY"], result.Each("categorycode"));
        Assert.Equal(["57426", "2", "3"], result.Each("cardnumber"));
    }
}
