using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Settings: what is in force, where it comes from, and mistakes that are named.</summary>
public sealed class KohaPatronSettingTests : ModuleTest
{
    private Outcome Get(string json, string options = "") =>
        Run($"Get-KohaPatronSetting -SettingsPath $settings {options}", ("settings", Folder.Write("koha-patron.json", json)));

    [Fact]
    public void What_is_in_force_is_shown_with_its_source()
    {
        var result = Get("""
            {
              // comments and trailing commas are fine
              "library": "OAK",
              "majors": { "Comics MFA": "40", "Animation": "99" },
            }
            """).WithoutErrors();
        var settings = result.Output.ToDictionary(item => (string)item.Properties["Name"].Value, item => ((object?)item.Properties["Value"].Value, (string)item.Properties["Source"].Value));
        Assert.Equal(("OAK", "koha-patron.json, line 3"), settings["library"]);
        Assert.Equal(("2023", "default"), settings["profile"]);
        Assert.Equal(("TrimLeadingZeros", "built-in profile 2023"), settings["cardNumber"]);
        Assert.Equal("built-in profile 2023; 2 of 44 from koha-patron.json", settings["majors"].Item2);
        Assert.Equal(["99"], Get("""{"majors":{"Animation":"99"}}""", "-Name majors.Animation").Each("Value"));
        Assert.Equal(["-Profile"], Get("{}", "-Profile 2026 -Name profile").Each("Source"));
        Assert.Equal(["LastDigits 5"], Get("{\"profile\":\"2026\"}", "-Name cardNumber").Each("Value"));
    }

    [Fact]
    public void A_table_can_stand_alone()
    {
        var entries = Get("""{"replaceTables":true,"majors":{"Law":"L"}}""", "-Name majors").WithoutErrors();
        Assert.Equal(["majors.Law"], entries.Each("Name"));
    }

    [Theory]
    [InlineData("{\n\"libary\": \"SF\"}", "koha-patron.json, line 2: unknown key \"libary\". Did you mean \"library\"?")]
    [InlineData("{\"facultyExpiry\":{\"Mai\":\"05-31\"}}", "unknown key \"Mai\". Did you mean \"May\"?")]
    [InlineData("{\"library\": 5}", "\"library\" should be text in quotation marks, found the number 5.")]
    [InlineData("{\"library\": \" \"}", "\"library\" should be text in quotation marks, found \" \".")]
    [InlineData("{\"source\": \"\"}", "\"source\" should be text in quotation marks, found \"\".")]
    [InlineData("{\"exceptions\": [\"x\", \"\"]}", "\"exceptions\" should be a list of texts, found \"\".")]
    [InlineData("{\"protect\":{\"patrons\":[\"\\u00A0\"]}}", "\"protect.patrons\" should be a list of texts, found")]
    [InlineData("{\"majors\":{\"X\":5}}", "\"majors.X\" should be a code in quotation marks, or null, found the number 5.")]
    [InlineData("{\"categories\":{\"X\":null}}", "\"categories.X\" should be text in quotation marks, found null")]
    [InlineData("{\"expiry\":{\"Staff\":\"Never\"}}", "\"expiry.Staff\" should be SemesterEnd, EndOfMonth, OneYearFromToday, found \"Never\"")]
    [InlineData("{\"facultyExpiry\":{\"May\":\"31.5.\"}}", "\"facultyExpiry.May\" should be a day of the year such as \"05-31\"")]
    [InlineData("{\"facultyExpiry\":{\"otherwise\":\"Never\"}}", "\"facultyExpiry.otherwise\" should be Error, ")]
    [InlineData("{\"cardNumber\":{\"rule\":\"LastDigits\"}}", "\"cardNumber\" should be { \"rule\": \"TrimLeadingZeros\" }")]
    [InlineData("{\"cardNumber\":{\"rule\":\"LastDigits\",\"digits\":0}}", "\"cardNumber.digits\" should be a number from 1 to 32")]
    [InlineData("{\"exceptions\":\"x\"}", "\"exceptions\" should be a list of texts")]
    [InlineData("{\"leaveOut\":{\"etype\":[]}}", "unknown key \"etype\". Did you mean \"etypes\"?")]
    [InlineData("{\"library\":\"A\",\n\"library\":\"B\"}", "line 2: \"library\" stands in line 1 already")]
    [InlineData("{\"profile\":\"1999\"}", "koha-patron.json, line 1: there is no profile \"1999\". Built in are 2023 and 2026.")]
    [InlineData("[]", "the file\" should be an object")]
    [InlineData("{\n\"library\" \"SF\"}", "koha-patron.json, line 2: not valid JSON")]
    [InlineData("{\"library\" : “SF”}", "line 1: a typographic quotation mark (“ or ”) stands where a plain one (\") belongs")]
    [InlineData("{\n\"source\": \"C:\\Users\\me\"}", "line 2: a backslash in a text is written twice")]
    [InlineData("{\n\"proxReport\": \"C:\\temp\\new.csv\"}", "line 2: a backslash in a text is written twice")]
    [InlineData("{\"maximumAge\":\"30\"}", "\"maximumAge\" should be a number of days, 1 or more, found \"30\"")]
    [InlineData("{\"maximumAge\":0}", "\"maximumAge\" should be a number of days, 1 or more, found the number 0")]
    [InlineData("{\n\"majors\":{\"X\":05}}", "line 2: a number begins with 0. A code is text and stands in quotation marks, such as \"05\".")]
    [InlineData("{\n\"majors\":{\"X\": 007 }}", "line 2: a number begins with 0.")]
    [InlineData("", "koha-patron.json is empty. Settings that change nothing read { }.")]
    [InlineData(" \n ", "koha-patron.json is empty")]
    public void A_mistake_is_named_with_its_line_and_the_nearest_known_key(string json, string message)
    {
        var error = Get(json).Failure;
        Assert.Contains(message, error.ToString());
        Assert.StartsWith("Settings", error.FullyQualifiedErrorId);
    }

    [Fact]
    public void Settings_that_an_editor_saved_as_UTF_16_are_told_as_that()
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, new UnicodeEncoding(bigEndian: false, byteOrderMark: false) })
        {
            File.WriteAllText(Folder["koha-patron.json"], "{\"library\":\"OAK\"}", encoding);
            var error = Run("Get-KohaPatronSetting -SettingsPath $folder/koha-patron.json").Failure;
            Assert.StartsWith("SettingsNotJson,", error.FullyQualifiedErrorId);
            Assert.Contains("koha-patron.json is UTF-16 text", error.ToString());
        }
    }

    [Fact]
    public void Own_values_can_be_told_from_built_in_ones()
    {
        Folder.Write("koha-patron.json", """{"library":"OAK","majors":{"Law":"L"},"facultyExpiry":{"November":"12-31"}}""");
        var own = Run("Get-KohaPatronSetting -SettingsPath $folder/koha-patron.json | Where-Object IsOwn").WithoutErrors();
        Assert.Equal(["settingsFile", "library", "facultyExpiry", "majors"], own.Each("Name"));
        Assert.Equal(["majors.Law"], Run("Get-KohaPatronSetting majors -SettingsPath $folder/koha-patron.json | Where-Object IsOwn").Each("Name"));
    }

    [Fact]
    public void Verbose_tells_the_settings_and_the_files_with_their_dates()
    {
        var settings = Folder.Write("koha-patron.json", """{"library":"OAK","source":"./","proxReport":"prox.csv"}""");
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Folder.Write("prox.csv", "Universal ID,Prox ID\n1,9\n");
        foreach (var file in new[] { "koha-patron.json", "student_data.json", "prox.csv" })
            File.SetLastWriteTime(Folder[file], new DateTime(2099, 1, 2));
        var inForce = $"Settings: {settings} (of 2099-01-02), profile 2026, library OAK";
        var read = $"Reading {Folder["student_data.json"]} (of 2099-01-02)";
        var prox = $"Reading {Folder["prox.csv"]} (of 2099-01-02)";
        Assert.Equal([inForce, read], Told("Get-WorkdayPatron -SettingsPath $settings -Verbose").Select(line => line.Replace("2023", "2026", StringComparison.Ordinal)));
        Assert.Equal([inForce, prox], Told("Get-WorkdayPatron -SettingsPath $settings | ConvertTo-KohaPatronCsv -End 2099-12-12 -SettingsPath $settings -Profile 2026 -Verbose"));
        Assert.Equal([inForce, read], Told("Test-KohaMajorMapping -SettingsPath $settings -Profile 2026 -Verbose"));
        Assert.Equal([prox], Told("Import-ProxReport -SettingsPath $settings -Verbose").Skip(1));
        Assert.Equal([inForce], Told("Get-KohaPatronSetting library -SettingsPath $settings -Profile 2026 -Verbose"));
        Assert.Equal([inForce, prox], Told("Test-KohaPatronCsv $folder/prox.csv -SettingsPath $settings -Profile 2026 -Verbose"));
        Assert.Equal("Settings: no file, profile 2023, library SF", Told("$env:KOHA_PATRON_SETTINGS = ''; $env:XDG_CONFIG_HOME = $folder; Get-KohaPatronSetting library -Verbose")[0]);

        List<string> Told(string script) => [.. Run(script, ("settings", settings)).Verbose.Where(line => line.StartsWith("Settings", StringComparison.Ordinal) || line.StartsWith("Reading", StringComparison.Ordinal))];
    }

    [Fact]
    public void A_mistake_in_the_settings_ends_the_load_before_the_first_row()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Folder.Write("koha-patron.json", "{\"x\":1}");
        var result = Run("Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2023-12-12 -SettingsPath $folder/koha-patron.json | Export-KohaPatronCsv $folder/out.csv");
        Assert.StartsWith("SettingsUnknownKey,", result.Failure.FullyQualifiedErrorId);
        Assert.False(File.Exists(Folder["out.csv"]));
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_ends_the_run() =>
        Assert.StartsWith("SettingsNotFound,", Run("Get-KohaPatronSetting -SettingsPath $folder/none.json").Failure.FullyQualifiedErrorId);
}
