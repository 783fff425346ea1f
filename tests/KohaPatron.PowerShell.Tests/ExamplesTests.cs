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
}
