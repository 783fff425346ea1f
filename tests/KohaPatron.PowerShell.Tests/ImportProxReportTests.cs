namespace KohaPatron.PowerShell.Tests;

/// <summary>Import-ProxReport: both layouts, the card number rules, and every odd row with its line.</summary>
public sealed class ImportProxReportTests : ModuleTest
{
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
        var result = Import(Layout2023 + $"\"7\",\"{proxId}\",\"\",\"\",\"\"\r\n", $"-Profile {profile}").WithoutErrors();
        Assert.Equal([card], result.Each("CardNumber"));
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
