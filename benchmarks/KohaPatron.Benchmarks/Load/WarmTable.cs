using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace KohaPatron.Benchmarks.Load;

/// <summary>Measures the main job, its stages and its floor in one run, and gives the ratio.</summary>
internal static class WarmTable
{
    private const int Runs = 12;

    public static void Write()
    {
        var job = Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(3).WithIterationCount(Runs).WithInvocationCount(1).WithUnrollFactor(1).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Instance);
        var medians = BenchmarkRunner.Run<WarmStages>(config).Reports.ToDictionary(
            report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            report => report.ResultStatistics!.Median / 1_000_000);
        var floor = medians[nameof(WarmStages.WalkJson)] + medians[nameof(WarmStages.EmptyPipeline)] + medians[nameof(WarmStages.RawWrite)];
        var load = medians[nameof(WarmStages.Load)];

        Results.Write("Warm session", [
            string.Create(CultureInfo.InvariantCulture, $"{WarmStages.People:N0} people in a session that has loaded before, medians of {Runs} runs. The floor is what no loader in this engine could do without."),
            string.Empty,
            .. Results.Table(["", "ms"],
            [
                Row("Utf8JsonReader over the same bytes", medians[nameof(WarmStages.WalkJson)]),
                Row("Empty pipeline of three cmdlets", medians[nameof(WarmStages.EmptyPipeline)]),
                Row("Raw write of the same CSV", medians[nameof(WarmStages.RawWrite)]),
                Row("**Floor**: the sum of these", floor),
                Row("`Get-WorkdayPatron`", medians[nameof(WarmStages.Read)]),
                Row("The prox report", medians[nameof(WarmStages.Prox)]),
                Row("`Get` and `ConvertTo` without cards", medians[nameof(WarmStages.ReadAndConvert)]),
                Row("`Get` and `ConvertTo` with cards", medians[nameof(WarmStages.ReadAndConvertWithCards)]),
                Row("**Load**: `Get`, `ConvertTo`, `Export`", load),
            ]),
            string.Empty,
            $"The load takes {Results.Number(load / floor, "F2")} times the floor.",
        ]);
    }

    private static string[] Row(string what, double milliseconds) => [what, Results.Number(milliseconds, "F0")];
}
