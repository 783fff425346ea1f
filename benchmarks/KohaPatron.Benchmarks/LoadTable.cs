using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace KohaPatron.Benchmarks;

/// <summary>Measures the main job and its floor in one run, and prints the ratio.</summary>
internal static class LoadTable
{
    public static void Print()
    {
        var job = Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(3).WithIterationCount(12).WithInvocationCount(1).WithUnrollFactor(1).WithToolchain(InProcessEmitToolchain.Instance);
        var config = ManualConfig.CreateEmpty().AddJob(job).AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Instance);
        var summary = BenchmarkRunner.Run<LoadBenchmark>(config);
        var medians = summary.Reports.ToDictionary(
            report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name,
            report => report.ResultStatistics!.Median / 1_000_000);

        var floor = medians[nameof(LoadBenchmark.WalkJson)] + medians[nameof(LoadBenchmark.EmptyPipeline)] + medians[nameof(LoadBenchmark.RawWrite)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{LoadBenchmark.People:N0} people, medians"));
        Row("Utf8JsonReader over the same bytes", medians[nameof(LoadBenchmark.WalkJson)]);
        Row("Empty pipeline of three cmdlets", medians[nameof(LoadBenchmark.EmptyPipeline)]);
        Row("Raw write of the same CSV", medians[nameof(LoadBenchmark.RawWrite)]);
        Row("Floor: the sum of these", floor);
        Row("Get | ConvertTo | Export", medians[nameof(LoadBenchmark.Load)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"Ratio to the floor",-38} {medians[nameof(LoadBenchmark.Load)] / floor,8:F2}"));
    }

    private static void Row(string what, double milliseconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-38} {milliseconds,8:F0} ms"));
}
