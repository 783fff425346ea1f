using System.Diagnostics;
using System.Globalization;
using KohaPatron.Benchmarks.Load;
using KohaPatron.TestData;

namespace KohaPatron.Benchmarks.Koha;

/// <summary>
/// What a comparison, and a renewal of everybody, hold in memory at most, above a PowerShell that does nothing: a plan grows
/// with the people, and nothing else is to.
/// </summary>
internal static class MemoryBenchmark
{
    public const string ServeForm = "serve-koha";

    private static readonly (string What, string Script, int People)[] Runs =
    [
        ("The rows alone", "rows", 3_000), ("The rows alone", "rows", 30_000),
        ("`Compare-KohaPatron`", "compare", 3_000), ("`Compare-KohaPatron`", "compare", 30_000), ("`Compare-KohaPatron`", "compare", 100_000),
        ("`Update-KohaPatron`, everybody renewed", "update", 3_000), ("`Update-KohaPatron`, everybody renewed", "update", 30_000),
    ];

    public static void Write()
    {
        var folder = Directory.CreateTempSubdirectory("kohapatron-benchmark").FullName;
        var nothing = PowerShellRun.Of();
        var rows = Runs.Select(run => Row(run.What, run.People, Measure(folder, run.Script, run.People), nothing)).ToList();
        Directory.Delete(folder, recursive: true);
        Results.Write("Memory of whole records", [
            "`pwsh -NoProfile -File`, one run each; Koha is a process of its own. The rows are kept, as a session would.",
            string.Empty,
            .. Results.Table(["", "people", "s", "peak MB above nothing", "bytes a person"], rows),
        ]);
    }

    private static PowerShellRun Measure(string folder, string script, int people)
    {
        ExportWriter.WriteExport(Path.Combine(folder, "student_data.json"), Enumerable.Range(1, people).Select(People.Student));
        ExportWriter.WriteProxReport(Path.Combine(folder, "prox.csv"), Enumerable.Range(1, people).Select(i => (People.UniversalId(i), People.ProxId(i))));
        File.Delete(Path.Combine(folder, "journal.jsonl"));
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ServeForm, people.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            return PowerShellRun.Of("records.ps1", folder, Places.ModuleManifest, server.StandardOutput.ReadLine()!, script);
        }
        finally
        {
            server.Kill();
        }
    }

    private static string[] Row(string what, int people, PowerShellRun run, PowerShellRun nothing)
    {
        var above = run.PeakBytes - nothing.PeakBytes;
        return [what, Results.Number(people, "N0"), Results.Number(run.Wall.TotalSeconds, "F1"), Results.Number(above / 1e6, "F0"), Results.Number((double)above / people, "N0")];
    }
}
