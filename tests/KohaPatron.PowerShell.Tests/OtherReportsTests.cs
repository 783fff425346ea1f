using System.Management.Automation;
using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Reports with other names, as CSV and as JSON: what the settings say of them is all there is to do.</summary>
public sealed class OtherReportsTests : ModuleTest
{
    private const string Header = "Login;Given;Family;Mail;ID Nr;Stud Nr;Level;Major 1;Major 2;Campus";

    private string Settings(string exports) => Folder.Write("koha-patron.json", $$"""{ "source": ".", "exports": {{exports}} }""");

    private string StudentSettings(string more = "") => Settings($$"""
        { "Student": { "file": "Registrar_*.csv", {{more}} "fields": {
          "userName": "Login", "firstName": "Given", "lastName": "Family", "email": ["Mail", "Private mail"], "universalId": "ID Nr", "studentId": "Stud Nr",
          "academicLevel": "Level", "primaryProgram": "Major 1", "programs": ["Major 1", "Major 2"] } } }
        """);

    private Outcome Read(string settings) => Run("Get-WorkdayPatron -Type Student -SettingsPath $settings", ("settings", settings));

    private string Write(string name, string text, Encoding encoding)
    {
        var path = Folder.Write(name, string.Empty);
        File.WriteAllBytes(path, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);
        return path;
    }

    public static TheoryData<string, bool> Encodings => new() { { "utf-8", false }, { "utf-8", true }, { "utf-16", true }, { "utf-16BE", true }, { "utf-16", false } };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_csv_of_any_unicode_gives_typed_people(string name, bool mark)
    {
        Encoding encoding = name switch { "utf-8" => new UTF8Encoding(mark), "utf-16" => new UnicodeEncoding(false, mark), _ => new UnicodeEncoding(true, mark) };
        Write("Registrar_2026.csv", Header + "\r\nanunez;Ana;Núñez;a@example.edu;001;0012;Graduate;Glass;\"Ce\"\"ra\nmics; wet\";Oakland\r\n;;;;;;;;;\r\nbkim;Bo;Kim;;002;;;;;\r\n", encoding);
        var people = Read(StudentSettings()).Output;
        var ana = people[0];
        Assert.Equal(2, people.Count);
        Assert.Equal(
            ["anunez", "Ana", "Núñez", "a@example.edu", "001", "0012", "Graduate", "Glass", "Oakland"],
            new[] { "UserName", "FirstName", "LastName", "Email", "UniversalId", "StudentId", "Level", "PrimaryProgram", "Campus" }.Select(property => ana.Properties[property].Value));
        Assert.Equal("Glass|Ce\"ra\nmics; wet", Run("(Get-WorkdayPatron -Type Student -SettingsPath $s)[0].Programs -join '|'", ("s", StudentSettings())).Output[0].ToString());
        Assert.Null(people[1].Properties["Email"].Value);
    }

    [Fact]
    public void Who_names_one_report_of_their_own_misses_no_other()
    {
        Folder.Write("Registrar_1.csv", Header + "\nbkim;Bo;Kim;b@example.edu;2;;Graduate;Animation;;\n");
        var read = Run("Get-WorkdayPatron -SettingsPath $settings", ("settings", StudentSettings())).WithoutErrors();
        Assert.Equal("bkim", Assert.Single(read.Output).Properties["UserName"].Value);
        Assert.DoesNotContain(read.Warnings, warning => warning.Contains("There is no", StringComparison.Ordinal));
    }

    [Fact]
    public void Latin_1_is_told_and_never_guessed()
    {
        Write("Registrar_1.csv", Header + "\nanunez;Ana;Núñez;a@example.edu;1;2;;;;\nbkim;Bo;Kim;b@example.edu;2;;;;;\n", Encoding.Latin1);
        var unsaid = Read(StudentSettings());
        Assert.Equal("bkim", Assert.Single(unsaid.Output).Properties["UserName"].Value);
        Assert.Contains("Registrar_1.csv, record 1 (line 2): the record is not valid UTF-8 text; if the report is Latin-1, say so", Assert.Single(unsaid.Errors).ToString());
        Assert.Equal("Núñez", Read(StudentSettings("\"encoding\": \"Latin1\",")).WithoutErrors().Output[0].Properties["LastName"].Value);
    }

    [Theory]
    [InlineData("a;b;c;d;1;2;Graduate;Animation;;\n\"x;y", "ends in the middle, in record 2", 1)]
    [InlineData("a;b;c;d;1;2;Graduate;Animation;;\nx;y;z", "ends in the middle, in record 2", 1)]
    [InlineData("a;b;c;d;1;2;Graduate;Animation;;\nx;y;z\n", "ends in the middle, in record 2", 1)]
    [InlineData("x;y;z\na;b;c;d;1;2;Graduate;Animation;;\n", "record 1 (line 2): the record has 3 cells, the header has 10", 1)]
    [InlineData("\"x\"y;b;c;d;1;2;Graduate;Animation;;\na;b;c;d;1;2;Graduate;Animation;;\n", "record 1 (line 2): the record has a quotation mark inside of a cell", 1)]
    [InlineData("\"x\ny\";b;c;d;1;2;Graduate;Animation;;\nq\na;b;c;d;1;2;Graduate;Animation;;\n", "record 2 (line 4): the record has 1 cells", 2)]
    public void A_fault_is_told_with_its_line_and_makes_the_reading_incomplete(string rows, string message, int people)
    {
        Folder.Write("Registrar_1.csv", Header + "\n" + rows);
        var settings = StudentSettings();
        var result = Read(settings);
        Assert.Equal(people, result.Output.Count);
        Assert.Contains(message, Assert.Single(result.Errors).ToString());
        var export = Run("Get-WorkdayPatron -Type Student -SettingsPath $s -ErrorAction Ignore | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxNumber @() -SettingsPath $s -WarningAction Ignore | Export-KohaPatronCsv $o", ("s", settings), ("o", Path.Combine(Folder.Path, "out.csv")));
        Assert.Contains(export.Errors, error => error.FullyQualifiedErrorId.Contains("Incomplete", StringComparison.Ordinal));
        Assert.False(File.Exists(Path.Combine(Folder.Path, "out.csv")));
    }

    [Fact]
    public void A_column_that_is_not_there_is_named_once_with_the_nearest()
    {
        Folder.Write("Registrar_1.csv", Header.Replace("Stud Nr", "Student Nr") + "\na;b;c;d;1;2;;;;\nb;b;c;d;2;2;;;;\n");
        var warnings = Read(StudentSettings()).Warnings;
        Assert.Contains(warnings, text => text.Contains("has no column \"Stud Nr\" (studentId). Did you mean \"Student Nr\"?"));
        Assert.Contains(warnings, text => text.Contains("has no column \"Private mail\" (email)."));
        Assert.Equal(2, warnings.Count);
    }

    [Fact]
    public void What_is_no_report_is_told_without_what_stands_in_it()
    {
        Folder.Write("Registrar_1.csv", "Secret;Private\nx;y\n");
        var error = Assert.Single(Read(StudentSettings()).Errors).ToString();
        Assert.Contains("none of its first 10 lines names a column that is looked for, such as \"Login\" or \"ID Nr\"", error);
        Assert.DoesNotContain("Secret", error);
    }

    [Fact]
    public void Json_with_other_names_lists_constants_and_yes_and_no_is_read()
    {
        Folder.Write("people.json", """
            [{"Login":"ana","Surname":"Núñez","Mail":"a@example.edu","Id":7,"Courses":[{"Title":"Glass","x":1},{"Title":"Wood"}]},
             {"Login":"bo","Surname":"Kim","Mail":"b@example.edu","Id":8,"Courses":"Glass; Metal"}]
            """);
        Folder.Write("staff.json", """{"Report_Entry":[{"Login":"cy","Surname":"Wu","Mail":"c@example.edu","Id":"9","Active":"Yes","Contingent":"n","Unit":"","Team":"Libraries"}]}""");
        var settings = Settings("""
            { "Student": { "file": "people.json", "programSeparator": ";", "fields": { "userName": "Login", "lastName": "Surname", "email": "Mail", "universalId": "Id", "academicLevel": { "constant": "Graduate" }, "programs": "Courses[].Title" } },
              "Employee": { "file": "staff.json", "fields": { "userName": "Login", "lastName": "Surname", "email": "Mail", "universalId": "Id", "activeStatus": "Active", "isContingent": "Contingent", "department": ["Unit", "Team"], "etype": { "constant": "Staff" } } } }
            """);
        Assert.Equal(
            ["ana 7 Graduate Glass+Wood", "bo 8 Graduate Glass+Metal"],
            Run("Get-WorkdayPatron -Type Student -SettingsPath $s | ForEach-Object { $_.UserName + ' ' + $_.UniversalId + ' ' + $_.Level + ' ' + ($_.Programs -join '+') }", ("s", settings)).WithoutErrors().Output.Select(line => line.ToString()));
        Assert.Equal("cy True False Libraries Staff", Run("Get-WorkdayPatron -Type Employee -SettingsPath $s | ForEach-Object { \"$($_.UserName) $($_.ActiveStatus) $($_.IsContingent) $($_.Department) $($_.Etype)\" }", ("s", settings)).WithoutErrors().Output[0].ToString());
        Assert.Contains(Run("Get-KohaPatronSetting exports.* -SettingsPath $s", ("s", settings)).WithoutErrors().Output, setting => setting.Properties["Name"].Value.Equals("exports.Employee.fields.department"));
    }

    [Fact]
    public void People_that_the_module_wrote_itself_are_read_whatever_the_settings_say()
    {
        var settings = StudentSettings();
        var path = Folder.Write("missing.json", """[{"username":"a","last_name":"B","student_id":"1","universal_id":"2"}]""");
        Assert.Equal("a", Run("Get-WorkdayPatron $path -SettingsPath $s", ("path", path), ("s", settings)).WithoutErrors().Output[0].Properties["UserName"].Value);
    }

    [Theory]
    [InlineData("""{ "Pupil": {} }""", "unknown key \"Pupil\"")]
    [InlineData("""{ "Student": { "fields": { "username": "x" } } }""", "Did you mean \"userName\"?")]
    [InlineData("""{ "Student": { "format": "XLS" } }""", "JSON, CSV")]
    [InlineData("""{ "Student": { "fields": { "userName": { "const": "x" } } } }""", "a column, a list of columns, or { \"constant\": \"…\" }")]
    public void A_mistake_in_the_settings_is_named(string exports, string message) =>
        Assert.Contains(message, Read(Settings(exports)).Errors[0].ToString());

    [Fact]
    public void The_check_of_exports_knows_a_csv()
    {
        Folder.Write("Registrar_1.csv", Header + "\na;b;c;d;1;2;;;;\n");
        var settings = StudentSettings();
        Run("Test-WorkdayExport $f/Registrar_1.csv -BaselinePath $f/base.json -UpdateBaseline -SettingsPath $s", ("f", Folder.Path), ("s", settings));
        Folder.Write("Registrar_1.csv", Header.Replace("Campus", "Site") + "\na;b;c;d;1;2;;;;\n");
        Assert.Equal(
            ["FieldAppeared Site", "FieldVanished Campus"],
            Run("Test-WorkdayExport $f/Registrar_1.csv -BaselinePath $f/base.json -SettingsPath $s | ForEach-Object { \"$($_.Kind) $($_.Field)\" }", ("f", Folder.Path), ("s", settings)).WithoutErrors().Output.Select(line => line.ToString()));
    }
}
