using System.Text;

namespace KohaPatron.PowerShell.Tests;

/// <summary>The examples give the golden files, in both profiles, byte for byte.</summary>
public sealed class ExamplesTests : ModuleTest
{
    [Theory]
    [InlineData("2023", "2023-12-12")]
    [InlineData("2026", "2026-12-18")]
    public void The_examples_give_the_golden_file(string profile, string end)
    {
        var result = Run(
            $"Get-WorkdayPatron $examples | ConvertTo-KohaPatronCsv -End {end} -EnrolledOn {profile}-08-24 -Profile {profile} -ProxReport $examples/prox.csv -SettingsPath $examples/koha-patron.json -SummaryVariable load | Export-KohaPatronCsv $folder/out.csv; $load",
            ("examples", Places.Examples));
        result.WithoutErrors();
        Golden.Check($"patrons-{profile}.csv", File.ReadAllBytes(Folder["out.csv"]));
        Golden.Check($"warnings-{profile}.txt", Encoding.UTF8.GetBytes(string.Join("\n", result.Warnings) + "\n"));
        var load = result.Output[0];
        long Count(string name) => Convert.ToInt64(load.Properties[name].Value);
        Assert.Equal(574, Count("People"));
        Assert.Equal(Count("People"), Count("Rows") + Count("LeftOut"));
        Assert.Equal(Count("Rows"), Count("CardsFromReport") + Count("CardsFromUniversalId"));
    }

    [Fact]
    public void The_example_script_runs_in_the_host_and_shows_counts_that_add_up()
    {
        var result = HostProcess.Run("-File", Path.Combine(Places.Examples, "semester-load.ps1"), "-OutFile", Folder["patrons.csv"], "-End", "2099-12-12");
        Assert.Equal(0, result.ExitCode);
        Assert.Equal("", result.Error);
        Assert.Contains("Koha rows        538   (36 left out: 9 no e-mail, 2 on the exceptions list, 21 inactive, 4 contingent)", result.Output);
        Assert.Contains("\nbranchcode,cardnumber,", result.Output);
        Assert.Equal(539, File.ReadAllLines(Folder["patrons.csv"]).Length);
    }

    [Fact]
    public void The_example_check_runs_in_the_host_and_tells_what_is_planted_in_the_examples()
    {
        HostProcess.Run("-File", Path.Combine(Places.Examples, "semester-load.ps1"), "-OutFile", Folder["patrons.csv"], "-End", "2099-12-12");
        var result = HostProcess.Run("-File", Path.Combine(Places.Examples, "semester-check.ps1"), "-ImportFile", Folder["patrons.csv"]);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("\"Comics MFA (Low-Residency)\": \"40\", // a guess", result.Output);
        Assert.Contains("line 202 (xnguyen203), cardnumber: The same as in line 201 (wnguyen202): Koha refuses this row.", result.Output);
        Assert.Contains("<h1>Before the load</h1>", File.ReadAllText(Folder["report.html"]));
    }
}
