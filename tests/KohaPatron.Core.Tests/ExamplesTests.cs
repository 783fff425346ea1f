using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

/// <summary>Both builds of Core give the same bytes for the examples: the golden file that the cmdlets' tests check too.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public void The_examples_give_the_golden_file()
    {
        var examples = Path.Combine(AppContext.BaseDirectory, "examples");
        var settings = Loads.Settings("2023", Path.Combine(examples, "koha-patron.json"));
        var prox = new ProxReportReader(ProxReportOptions.From(settings), _ => { }).ReadTable(Path.Combine(examples, "prox.csv"));
        var items = WorkdayExportFile.All.SelectMany(type =>
        {
            using var stream = File.OpenRead(Path.Combine(examples, WorkdayExportFile.NameOf(type)));
            return Loads.Read(stream, WorkdayExportFile.NameOf(type));
        });
        var (rows, _) = Loads.Convert(items, Loads.Terms(prox: prox) with { Settings = settings });
        Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "patrons-2023.csv")), Loads.Csv(rows));
    }
}
