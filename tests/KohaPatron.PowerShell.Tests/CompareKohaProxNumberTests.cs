using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Compare-KohaProxNumber: the plan over a Koha with real HTTP, and a plan that comes back from disk.</summary>
public sealed class CompareKohaProxNumberTests : KohaTest
{
    private const string Compare = "Connect-Koha $root $credential; Get-WorkdayPatron $folder | Compare-KohaProxNumber $folder/prox.csv -SettingsPath $folder/settings.json";

    private void Given(string cards, params string[] students)
    {
        Folder.Write("student_data.json", Export(students));
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n" + cards);
        Folder.Write("settings.json", """{"attributes":{"universalId":"UID"},"proxExceptions":["kiosk"]}""");
    }

    [Theory]
    [InlineData("Compare-KohaProxNumber", "WorkdayPatronInvalid")]
    [InlineData("Update-KohaProxNumber", "ProxChangeInvalid")]
    [InlineData("Add-KohaPatron", "KohaPatronNotARow")]
    public async Task What_is_no_person_is_said_once_in_words(string cmdlet, string code)
    {
        await using var koha = await FakeKoha.StartAsync();
        var result = Run(koha, $"Connect-Koha $root $credential; 1..574 | {cmdlet} -ProxNumber @() ");
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, error => Assert.StartsWith(code, error.FullyQualifiedErrorId));
        Assert.EndsWith("573 more of these, 574 in all. -Verbose shows each.", result.Errors[1].ToString());
        Assert.StartsWith(code, Run(koha, $"Connect-Koha $root $credential; $misspelt | {cmdlet} -ProxNumber @()").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task Each_person_gets_a_line_with_what_Koha_has_and_what_the_report_says()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given(
            "U1001,1000001\nU1002,000057426\nU1004,1000012\nU1006,1000006\nnew,77\nkiosk-id,88\n",
            Student("alovelace@example.edu", "U1001"),
            Student("anunez@example.edu", "U1002"),
            Student("ghopper@example.edu", "U1004"),
            Student("soneil-new@example.edu", "U1006"),
            Student("nobody", "new"),
            Student("kiosk", "kiosk-id"),
            Student("jdoe", "without"));
        koha.Requests.Clear();
        var result = Run(koha, Compare);
        result.WithoutErrors();
        Assert.Equal(["Unchanged", "Change", "Conflict", "Renamed", "Missing", "Excepted", "NoProxNumber"], result.Each("Status"));
        Assert.Equal("57426", result.Output[1].Properties["CardThen"].Value);
        Assert.Equal("the new card belongs to patron 16, who keeps it", result.Output[2].Properties["Why"].Value);
        Assert.Equal("in Koha as soneil@example.edu", result.Output[3].Properties["Why"].Value);
        Assert.DoesNotContain(koha.Requests, request => request.Method != "GET" && request is not { Method: "PUT", Path: "/api/v1/patrons/0" } and not { Method: "POST", Path: "/api/v1/oauth/token" });
    }

    [Fact]
    public async Task A_swap_is_two_changes_and_names_are_compared_on_request()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("U1001,1000004\nU1004,1000001\n", Student("alovelace@example.edu", "U1001"), Student("ghopper@example.edu", "U1004", "\"first_name\":\"Grace\",\"last_name\":\"Hopper\""));
        Assert.Equal(["Change", "Change"], Run(koha, Compare).WithoutErrors().Each("Status"));
        Assert.Equal(["F", null], Run(koha, Compare + " -IncludeName").WithoutErrors().Each("FirstNameThen"));
    }

    [Fact]
    public async Task A_plan_survives_being_saved()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("U1002,000057426\n", Student("anunez@example.edu", "U1002"));
        var back = Run(koha, $"$saved = [Management.Automation.PSSerializer]::Serialize(@({Compare})); [Management.Automation.PSSerializer]::Deserialize($saved)").WithoutErrors();
        Assert.Equal(["anunez@example.edu"], back.Each("UserId"));
        Assert.Equal(["57426"], back.Each("CardThen"));
        Assert.Equal(["6"], back.Each("PatronId"));
    }

    [Fact]
    public async Task Without_a_report_or_a_connection_nothing_is_asked()
    {
        await using var koha = await FakeKoha.StartAsync();
        Given("", Student("jdoe", "1"));
        Assert.StartsWith("KohaNotConnected,", Run("Get-WorkdayPatron $folder | Compare-KohaProxNumber $folder/prox.csv").Failure.FullyQualifiedErrorId);
        Assert.StartsWith("ProxReportNotNamed,", Run(koha, "Connect-Koha $root $credential; Get-WorkdayPatron $folder | Compare-KohaProxNumber").Failure.FullyQualifiedErrorId);
    }
}
