using System.Globalization;

namespace KohaPatron.Benchmarks.Load;

/// <summary>
/// The whole process of a load, as a scheduled task meets it: beside a script for PowerShell alone that does the same, and
/// a PowerShell that does nothing, or only passes as many objects on, in turns, so that all meet the same machine.
/// </summary>
internal static class ProcessTable
{
    private const int Rounds = 3;

    // A load of this size is measured once, for its memory.
    private const int Largest = 2_000_000;

    private static readonly int[] Sizes = [2_000, 20_000, 200_000];

    private sealed record Contender(string Name, string People, Func<PowerShellRun> Run)
    {
        public List<PowerShellRun> Runs { get; } = [];

        public double Wall => Results.Median(Runs.Select(run => run.Wall.TotalSeconds));

        public double Cpu => Results.Median(Runs.Select(run => run.CpuSeconds));

        public double Peak => Results.Median(Runs.Select(run => run.PeakBytes / 1e6));
    }

    public static void Write()
    {
        var empty = new Contender("PowerShell that does nothing", string.Empty, () => PowerShellRun.Of());
        var loads = Sizes.Select(people => Load(new LoadFiles(people))).ToList();
        var plain = Sizes.Select(people => Plain(new LoadFiles(people))).ToList();
        var floor = new Contender("Three cmdlets that do nothing", Sizes[^1].ToString("N0", CultureInfo.InvariantCulture), () =>
            PowerShellRun.Of("floor.ps1", Sizes[^1].ToString(CultureInfo.InvariantCulture), typeof(SendReadyCommand).Assembly.Location));
        List<Contender> all = [empty, floor, .. loads, .. plain];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var contender in all)
                contender.Runs.Add(contender.Run());
        }

        var largest = Load(new LoadFiles(Largest));
        largest.Runs.Add(largest.Run());
        all.Insert(all.IndexOf(plain[0]), largest);

        string[] head = ["", "people", "wall s", "above nothing", "CPU s", "peak MB", "above nothing"];
        var rows = all.Select(each => new[]
        {
            each.Name, each.People, Results.Number(each.Wall, "F2"), Above(each.Wall, empty.Wall, "F2"), Results.Number(each.Cpu, "F2"), Results.Number(each.Peak, "F0"), Above(each.Peak, empty.Peak, "F0"),
        });
        Results.Write("Whole process", [
            $"`pwsh -NoProfile -File`, medians of {Rounds} runs in turns (the largest load: one run). CPU is the time of all cores.",
            string.Empty,
            .. Results.Table(head, rows),
            string.Empty,
            $"The load of {Sizes[^1]:N0} people takes {Results.Number(plain[^1].Wall / loads[^1].Wall, "F1")} times less than the script without the module.",
        ]);
    }

    private static Contender Load(LoadFiles files) =>
        new("This module", Count(files), () => PowerShellRun.Of("load.ps1", files.Folder, Places.ModuleManifest));

    private static Contender Plain(LoadFiles files) =>
        new("Plain PowerShell", Count(files), () => PowerShellRun.Of("plain.ps1", files.Folder, Places.BuiltInProfile));

    private static string Count(LoadFiles files) => files.People.ToString("N0", CultureInfo.InvariantCulture);

    private static string Above(double value, double nothing, string format) => value == nothing ? string.Empty : "+" + Results.Number(value - nothing, format);
}
