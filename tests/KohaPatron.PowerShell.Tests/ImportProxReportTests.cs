namespace KohaPatron.PowerShell.Tests;

/// <summary>Import-ProxReport: both layouts, the card number rules, and every odd row with its line.</summary>
public sealed class ImportProxReportTests : ModuleTest
{
    private const string Header = "Universal ID,Prox ID,Last Name";

    private static string Rows(int count, Func<int, string> row) => string.Join("\n", Enumerable.Range(0, count).Select(row));

    public static TheoryData<string, string, string> Spoiled => new()
    {
        { "ProxReportRewritten", Header + "\n" + Rows(300, i => $"{i + 1},1.0000E+06,L"), "prox.csv: 300 of 300 rows have numbers like 1.0000E+06: Excel has rewritten them. Save the report from TouchNet again, without opening it in Excel." },
        { "ProxReportRewritten", "Universal ID;Prox ID\n" + Rows(300, i => $"1,00E+09;{i + 1}"), "prox.csv: 300 of 300 rows have numbers like" },
        { "ProxReportNoHeader", "", "prox.csv is empty." },
        { "ProxReportNoRows", Header + "\n", "prox.csv has a header line and no row under it." },
        { "ProxReportFewCards", Header + "\n" + Rows(300, i => $"{i + 1},Ortiz,5"), "prox.csv: none of 300 rows have a card that can be used (0 with an empty Prox ID, 300 with something else in it)." },
        { "ProxReportFewCards", Header + "\n" + Rows(300, i => $"{i + 1},{(i < 149 ? "5" + i : "")},L"), "prox.csv: only 149 of 300 rows have a card that can be used (151 with an empty Prox ID, 0 with something else in it)." },
        { "ProxReportSamePerson", Header + "\n" + Rows(300, i => $"1000000,{i + 1},L"), "prox.csv: 299 of 300 rows have the universal ID of an earlier row." },
        { "ProxReportColumnMissing", "Universal ID,Card\n1,5\n", "the column \"Prox ID\" is missing" },
        { "ProxReportIsWorkbook", "PK\u0003\u0004\u0014\0", "prox.csv is an Excel workbook, whatever its name says" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public void A_spoiled_report_is_one_error_that_names_the_cause_and_ends_the_run(string code, string report, string message)
    {
        Folder.Write("prox.csv", report);
        Folder.Write("student_data.json", Export(Student("a", "1")));
        foreach (var command in new[] { "Import-ProxReport $folder/prox.csv", "Get-WorkdayPatron $folder -Type Student | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport $folder/prox.csv" })
        {
            var result = Run(command);
            Assert.StartsWith(code, result.Failure.FullyQualifiedErrorId);
            Assert.Contains(message, result.Failure.ToString());
            Assert.Empty(result.Warnings);
            Assert.Empty(result.Output);
        }
    }

    [Theory]
    [InlineData(";")]
    [InlineData("\t")]
    public void Semicolons_and_tabs_separate_cells_too(string separator)
    {
        Folder.Write("prox.csv", "Active Accounts, all\n\n" + string.Join(separator, "Universal ID", "Prox ID", "Last Name") + "\n" + string.Join(separator, "001", "000057426", "\"Ortiz, Dee\"") + "\n");
        var number = Run("Import-ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(["57426"], number.Each("CardNumber"));
        Assert.Equal(["Ortiz, Dee"], number.Each("LastName"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_report_in_UTF_16_is_read_with_and_without_its_mark(bool bigEndian, bool mark)
    {
        var encoding = new System.Text.UnicodeEncoding(bigEndian, mark);
        Folder.Write("prox.csv", [.. encoding.GetPreamble(), .. encoding.GetBytes("Universal ID;Prox ID;Last Name\r\n001;000057426;Núñez\r\n")]);
        var number = Run("Import-ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(["57426"], number.Each("CardNumber"));
        Assert.Equal(["Núñez"], number.Each("LastName"));
    }

    [Fact]
    public void An_old_report_is_a_warning_and_Verbose_tells_its_date()
    {
        File.SetLastWriteTime(Folder.Write("prox.csv", Header + "\n1,5,L\n"), new DateTime(2020, 5, 1, 12, 0, 0));
        var result = Run("Import-ProxReport $folder/prox.csv -Verbose").WithoutErrors();
        Assert.StartsWith("prox.csv is of 2020-05-01, more than 30 days ago.", Assert.Single(result.Warnings));
        Assert.Contains($"Reading {Folder["prox.csv"]} (of 2020-05-01)", result.Verbose);
    }

    private const string Layout2023 = "List of Changed Secondary Account Numbers\r\n\r\n\"Universal ID\",\"Prox ID\",\"Student ID\",\"Last Name\",\"First Name\"\r\n";
    private const string Layout2026 = "Active Accounts with Prox IDs\r\nRun on a Monday\r\n\"Universal ID\",\"Student ID\",\"Prox ID\",\"Last Name\",\"First Name\",\"End Date\",\"IsInactive\"\r\n";

    private Outcome Import(string report, string options = "") =>
        Run($"Import-ProxReport $report {options}", ("report", Folder.Write("prox.csv", report)));

    [Theory]
    [InlineData(Layout2023 + "\"0001005512\",\"000057426       \",\"0012\",\"Núñez\",\"Ana\"\r\n")]
    [InlineData("\"Universal ID\",\"Prox ID\",\"Student ID\",\"Last Name\",\"First Name\"\r\n\"0001005512\",\"000057426       \",\"0012\",\"Núñez\",\"Ana\"\r\n")]
    [InlineData(Layout2026 + "\"0001005512\",\"0012\",\"000057426       \",\"Núñez\",\"Ana\",\"12/31/2026\",\"False\"\r\n")]
    [InlineData("\uFEFFFirst Name,Last Name,Prox ID,Student ID,Universal ID\nAna,Núñez,000057426,0012,1005512")]
    public void Both_layouts_with_and_without_preamble_in_any_order_of_columns(string report)
    {
        var result = Import(report).WithoutErrors();
        Assert.Empty(result.Warnings);
        Assert.Equal(["1005512"], result.Each("UniversalId"));
        Assert.Equal(["57426"], result.Each("CardNumber"));
        Assert.Equal(["Núñez"], result.Each("LastName"));
        Assert.Equal(["0012"], result.Each("StudentId"));
    }

    // Rule of section 2: TrimLeadingZeros, LastDigits; no digit that counts is ever cut.
    [Theory]
    [InlineData("000064819", "2023", "64819")]
    [InlineData("000001234", "2023", "1234")]
    [InlineData("000001234", "2026", "01234")]
    [InlineData("000057426       ", "2026", "57426")]
    [InlineData("1234", "2026", "01234")]
    [InlineData("", "2023", null)]
    [InlineData("000000000", "2023", null)]
    [InlineData("       ", "2026", null)]
    public void A_prox_ID_becomes_a_card_number(string proxId, string profile, string? card)
    {
        var result = Import(Layout2023 + $"\"7\",\"{proxId}\",\"\",\"\",\"\"\r\n\"8\",\"54321\",\"\",\"\",\"\"\r\n", $"-Profile {profile}").WithoutErrors();
        Assert.Equal([card, "54321"], result.Each("CardNumber"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("000123456", "2026", "line 4: the Prox ID has more than 5 digits that count")]
    [InlineData("12E45", "2023", "line 4: the Prox ID is not a number")]
    [InlineData("5.7426E+04", "2023", "line 4: the Prox ID is not a number")]
    [InlineData("١٢٣", "2023", "line 4: the Prox ID is not a number")]
    [InlineData("123456789012345678901234567890123", "2023", "line 4: the Prox ID has more than 32 digits")]
    public void A_prox_ID_that_cannot_be_used_is_a_warning_and_its_row_is_left_out(string proxId, string profile, string message)
    {
        var result = Import(Layout2023 + $"\"7\",\"{proxId}\",\"\",\"\",\"\"\r\n\"8\",\"1\",\"\",\"\",\"\"\r\n", $"-Profile {profile}").WithoutErrors();
        Assert.Equal(["8"], result.Each("UniversalId"));
        var warning = Assert.Single(result.Warnings);
        Assert.Contains(message, warning);
        Assert.DoesNotContain(proxId, warning);
    }

    [Fact]
    public void Rows_that_repeat_a_person_or_share_a_card_or_are_inactive_are_reported()
    {
        var result = Import(Layout2026
            + "7,,11,A,A,,False\r\n"
            + "0007,,22,A,A,,False\r\n"
            + "8,,22,B,B,,True\r\n"
            + ",,33,C,C,,False\r\n"
            + "9\r\n").WithoutErrors();
        Assert.Equal(["7", "8"], result.Each("UniversalId"));
        Assert.Equal(["22", "22"], result.Each("CardNumber"));
        Assert.Equal(
            [
                "prox.csv, line 6: the account is inactive. Its card is still used (setting \"useInactiveCards\").",
                "prox.csv, line 7: a card without a Universal ID. The row is left out.",
                "prox.csv, line 8: the row ends after 1 of its columns, before the Prox ID. It is left out.",
                "prox.csv, line 5: the same Universal ID as in line 4. The last line counts.",
                "prox.csv, lines 5 and 6: 2 people share a card. Koha gives a card to one patron only.",
            ],
            result.Warnings);
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(100, 1)]
    public void A_long_report_whose_first_lines_are_unlike_the_others_loses_nobody(int first, int others)
    {
        Folder.Write("prox.csv", Header + "\n" + Rows(12_000, i => $"{i % 11_995 + 1},{i + 1},{new string('x', i < 5000 ? first : others)}") + "\n");
        var result = Run("Import-ProxReport $folder/prox.csv").WithoutErrors();
        Assert.Equal(Enumerable.Range(6, 11_995).Select(card => $"{card}"), result.Each("CardNumber"));
        Assert.Equal(5, result.Warnings.Count);
    }

    [Fact]
    public void A_quotation_mark_that_is_not_closed_spoils_its_own_line_only()
    {
        var result = Import(Layout2023 + "\"7\",\"11\",\"\",\"\",\"\"\r\n\"8\",\"22,\"\",\"\",\"\"\r\n\r\n\"9\",\"33\",\"\",\"A\"\"B\",\"\"\r\n\"10\",\"44\",\"\",\"\",\"x\r\n").WithoutErrors();
        Assert.Equal(["7", "9", "10"], result.Each("UniversalId"));
        Assert.Equal(["4", "7", "8"], result.Each("Line"));
        Assert.StartsWith("prox.csv, line 5: the Prox ID is not a number.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void Inactive_cards_are_left_out_where_the_settings_say_so()
    {
        var settings = Folder.Write("koha-patron.json", """{"useInactiveCards": false}""");
        var result = Import(Layout2026 + "8,,22,B,B,,True\r\n", $"-SettingsPath '{settings}'").WithoutErrors();
        Assert.Equal([null], result.Each("CardNumber"));
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html>\n", "no header line found in the first 10 lines", "line 1 reads \"<!DOCTYPE html>\". Was a login page saved instead of the report?")]
    [InlineData("", "is empty", "\"Universal ID\" and \"Prox ID\"")]
    [InlineData("\"Universal ID\",\"Card\"\n1,2\n", "line 1: the column \"Prox ID\" is missing", "Found: \"Universal ID\", \"Card\"")]
    [InlineData("1005512,000057426,Núñez\n", "no header line", "reads like a row of data")]
    public void A_file_without_the_header_is_an_error_that_says_what_was_expected_and_found(string report, string message, string also)
    {
        var result = Import(report);
        Assert.Empty(result.Output);
        Assert.Contains(message, result.Failure.ToString());
        Assert.Contains(also, result.Failure.ToString());
        Assert.DoesNotContain("57426", result.Failure.ToString());
    }

    [Fact]
    public void The_report_is_never_written_and_may_be_open_elsewhere()
    {
        var path = Folder.Write("prox.csv", Layout2023 + "7,1,,,\r\n");
        var before = File.ReadAllBytes(path);
        using var excel = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Single(Run("Import-ProxReport $path", ("path", path)).WithoutErrors().Output);
        excel.Dispose();
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void A_missing_report_is_told_and_without_a_path_the_settings_name_it()
    {
        Assert.StartsWith("PathNotFound,", Assert.Single(Run("Import-ProxReport \"$folder/nope.csv\"").Errors).FullyQualifiedErrorId);
        Assert.StartsWith("ProxReportNotNamed,", Run("Import-ProxReport").Failure.FullyQualifiedErrorId);
        Folder.Write("prox.csv", Layout2023 + "7,1,,,\r\n");
        var settings = Folder.Write("koha-patron.json", """{"proxReport":"prox.csv"}""");
        Assert.Single(Run("Import-ProxReport -SettingsPath $settings", ("settings", settings)).WithoutErrors().Output);
    }
}
