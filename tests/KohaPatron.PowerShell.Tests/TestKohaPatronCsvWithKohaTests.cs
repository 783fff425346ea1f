using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Test-KohaPatronCsv with a connection: what this Koha has, and whom a row would meet there.</summary>
public sealed class TestKohaPatronCsvWithKohaTests : KohaTest
{
    private const string Connect = "Connect-Koha $root $credential -Name koha -TimeoutSec 2; ";
    private const string Test = Connect + "Test-KohaPatronCsv $folder/patrons.csv -Connection koha";
    private const string Header = "surname,userid,cardnumber,branchcode,categorycode,patron_attributes\n";
    private const string New = Header + "Kim,bkim,57426,MAIN,STUDENT,\n";

    [Fact]
    public async Task A_file_that_Koha_takes_gives_nothing()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        Folder.Write("patrons.csv", New);
        Assert.Empty(Run(koha, Test, "super").WithoutErrors().Output);
        Assert.True((bool)Assert.Single(Run(koha, Test + " -Quiet", "super").WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public async Task Nothing_is_asked_without_the_parameter()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", New);
        Run(koha, Connect).WithoutErrors();
        var before = koha.Requests.Count;
        Assert.Empty(Run(koha, "Test-KohaPatronCsv $folder/patrons.csv").WithoutErrors().Output);
        Assert.Equal(before, koha.Requests.Count);
    }

    [Theory]
    [InlineData("Kim,bkim,57426,SOUTH,STUDENT,", "branchcode", "UnknownLibrary", "Koha has no library \"SOUTH\"")]
    [InlineData("Kim,bkim,57426,MAIN,ALUMNI,", "categorycode", "UnknownCategory", "Koha has no patron category \"ALUMNI\"")]
    [InlineData("Kim,bkim,1000001,MAIN,STUDENT,", "cardnumber", "CardTaken", "Patron 5 has this card number")]
    [InlineData("Kim,GHOPPER@example.edu,57426,MAIN,STUDENT,", "userid", "AlreadyInKoha", "This is patron 8")]
    [InlineData("Kim,ZCELIK@example.edu ,57426,MAIN,STUDENT,", "userid", "AlreadyInKoha", "This is patron 7")]
    public async Task What_Koha_would_refuse_is_told_with_the_patrons_number(string row, string column, string rule, string message)
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        Folder.Write("patrons.csv", Header + row + "\n");
        var outcome = Run(koha, Test, "super").WithoutErrors();
        var problem = Assert.Single(outcome.Output, each => each.Properties["Rule"].Value.ToString() == rule);
        Assert.Equal(("2", column), (problem.Properties["Line"].Value.ToString(), problem.Properties["Column"].Value));
        Assert.StartsWith(message, (string)problem.Properties["Message"].Value);
    }

    [Fact]
    public async Task Rows_matched_on_another_column_meet_the_user_ids_there()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", Header + "Kim,ghopper@example.edu,57426,MAIN,STUDENT,\n");
        Assert.Equal(["UserIdTaken"], Run(koha, Test + " -MatchPoint cardnumber").WithoutErrors().Each("Rule"));
    }

    [Fact]
    public async Task Attributes_that_must_be_unique_meet_their_owners()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", Header + "Kim,bkim,57426,MAIN,STUDENT,UID:U1004\n");
        Assert.Equal(["AttributeTaken"], Run(koha, Test + " -UniqueAttributeType UID").WithoutErrors().Each("Rule"));
        Assert.Equal(["AlreadyInKoha"], Run(koha, Test + " -MatchPoint UID").WithoutErrors().Each("Rule"));
    }

    [Fact]
    public async Task A_renamed_user_meets_the_universal_ID_that_the_settings_name()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        var settings = Folder.Write("koha-patron.json", """{"attributes":{"universalId":"UID"}}""");
        Folder.Write("patrons.csv", Header + "Hopper,ghopper2,57426,MAIN,STUDENT,UID:U1004\nKim,bkim,57427,MAIN,STUDENT,\"UID:U7,UID:U8\"\n");
        var outcome = Run(koha, $"{Test} -SettingsPath '{settings}'").WithoutErrors();
        Assert.Equal(["2 AttributeTaken", "3 NotRepeatable"], outcome.Output.Select(each => $"{each.Properties["Line"].Value} {each.Properties["Rule"].Value}"));
        Assert.StartsWith("Patron 8 has this value of UID", outcome.Each("Message")[0]);
    }

    [Theory]
    [InlineData("23.05")]
    [InlineData("25.06")]
    public async Task An_attribute_type_that_nobody_has_is_told_once(string release)
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = release == "25.06" ? KohaVersion.V2506 : KohaVersion.V2305 });
        Folder.Write("patrons.csv", Header + "Kim,bkim,57426,MAIN,STUDENT,\"UID:U7,NOSUCH:1\"\nLee,clee,57427,MAIN,STUDENT,NOSUCH:2\n");
        Assert.Equal(["2 UnknownAttributeType"], Run(koha, Test).WithoutErrors().Output.Select(each => $"{each.Properties["Line"].Value} {each.Properties["Rule"].Value}"));
        Assert.Empty(Run(koha, Test + " -KnownAttributeType UID, NOSUCH").WithoutErrors().Output);
    }

    [Fact]
    public async Task Lists_that_the_key_may_not_read_are_not_checked_and_the_rest_is()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        Grant(koha, "borrowers");
        Folder.Write("patrons.csv", Header + "Kim,bkim,1000001,SOUTH,ALUMNI,\n");
        var outcome = Run(koha, Test).WithoutErrors();
        Assert.Equal(["CardTaken"], outcome.Each("Rule"));
        Assert.Contains(outcome.Warnings, warning => warning.Contains("libraries") && warning.Contains("\"catalogue\""));
        Assert.Contains(outcome.Warnings, warning => warning.Contains("parameters:manage_patron_categories"));
        var mapping = Run(koha, "@() | Test-KohaMajorMapping -Connection koha").WithoutErrors();
        Assert.Contains(mapping.Warnings, warning => warning.Contains("codes of majors") && warning.Contains("\"catalogue\""));
    }

    [Fact]
    public async Task Overwriting_tells_what_a_blank_cell_and_the_attributes_take_away()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", "surname,userid,cardnumber,branchcode,categorycode,email,dateexpiry,patron_attributes\nHopper,ghopper@example.edu,,MAIN,FACULTY,,2099-01-01,DEPT:Computing\n");
        var outcome = Run(koha, Test + " -Overwrite").WithoutErrors();
        Assert.Equal(["cardnumber BlankOverwrites", "email BlankOverwrites", "patron_attributes AttributesReplaced"], outcome.Output.Select(each => $"{each.Properties["Column"].Value} {each.Properties["Rule"].Value}").Order());
    }

    [Fact]
    public async Task An_older_Koha_does_not_tell_its_categories()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", Header + "Kim,bkim,57426,MAIN,ALUMNI,\n");
        var outcome = Run(koha, Test).WithoutErrors();
        Assert.Contains("categories could not be checked", Assert.Single(outcome.Warnings));
        Assert.Empty(outcome.Output);
        Assert.Empty(Run(koha, Test + " -KnownCategory STUDENT, ALUMNI").WithoutErrors().Warnings);
    }

    [Fact]
    public async Task Thousands_of_rows_take_a_few_requests_and_their_order_stays()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest, Delay = TimeSpan.FromMilliseconds(50) });
        // Answers take a while, so that requests that are under way at once are seen so.
        var rows = Enumerable.Range(0, 1500).Select(i => $"Kim,u{i},{(i is 3 or 777 or 1499 ? "1000001" : $"C{i}")},MAIN,STUDENT,\n");
        Folder.Write("patrons.csv", Header + string.Concat(rows));
        var outcome = Run(koha, Test, "super").WithoutErrors();
        Assert.Equal(["5", "779", "1501"], outcome.Each("Line"));
        Assert.True(koha.Requests.Count(request => request.Path.Contains("/patrons?", StringComparison.Ordinal)) < 50, "too many requests");
        Assert.InRange(koha.MostAtOnce, 2, 4);
    }

    [Fact]
    public async Task A_Koha_that_fails_ends_the_check_with_its_error()
    {
        await using var koha = await FakeKoha.StartAsync();
        Folder.Write("patrons.csv", New);
        Run(koha, Connect).WithoutErrors();
        koha.Faults.Add(new Fault(FaultKind.Html) { Method = "GET", Path = "/libraries" });
        var outcome = Run(koha, "Test-KohaPatronCsv $folder/patrons.csv -Connection koha -Quiet");
        Assert.StartsWith("KohaNotAnApi", outcome.Failure!.FullyQualifiedErrorId);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public async Task Codes_of_the_tables_are_held_against_Koha()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        koha.State.AuthorisedValues["STUDENTMAJ"] = [.. new[] { "1", "2" }.Select(code => new JsonObject { ["value"] = code, ["category_name"] = "STUDENTMAJ" })];
        koha.State.AuthorisedValues["DEPTS"] = [new JsonObject { ["value"] = "7" }];
        Folder.Write("settings.json", """{"replaceTables": true, "authorisedValues": {"department": "DEPTS"}, "majors": {"Animation": "1", "Glass": "77", "None": null}, "departments": {"Comics": "7"}, "categories": {"Graduate": "GRAD", "Alumni": "ALUM"}}""");
        const string Check = "@() | Test-KohaMajorMapping -SettingsPath $folder/settings.json -Connection koha";
        var outcome = Run(koha, Connect + Check, "super").WithoutErrors();
        Assert.Equal(["Major Glass 77 CodeNotInKoha", "Category Alumni ALUM CodeNotInKoha"], outcome.Output.Select(gap => $"{gap.Properties["Kind"].Value} {gap.Properties["Term"].Value} {gap.Properties["Code"].Value} {gap.Properties["Change"].Value}"));
        Assert.False((bool)Assert.Single(Run(koha, Check + " -Quiet", "super").WithoutErrors().Output).BaseObject);
    }

    [Fact]
    public async Task Lists_that_Koha_does_not_have_are_named()
    {
        await using var koha = await FakeKoha.StartAsync();
        var outcome = Run(koha, Connect + "@() | Test-KohaMajorMapping -Connection koha").WithoutErrors();
        Assert.Equal(4, outcome.Warnings.Count);
        Assert.StartsWith("Nobody was given", outcome.Warnings[0]);
        Assert.Contains("\"STUDENTMAJ\"", outcome.Warnings[1]);
        Assert.Empty(outcome.Output);
    }
}

/// <summary>Tests that set environment variables, which are the whole process's: nothing else runs meanwhile.</summary>
[CollectionDefinition("environment", DisableParallelization = true)]
public sealed class EnvironmentTests;
