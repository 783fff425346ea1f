using System.Diagnostics;
using System.Management.Automation.Runspaces;
using KohaPatron.Fakes.Storage;
using KohaPatron.TestData;

namespace KohaPatron.Benchmarks.Storage;

/// <summary>
/// An export of 500 MB, read by Get-WorkdayPatron from disk and from Cloud Storage on the loopback, a server of its own
/// process: how much more the second costs, and that neither keeps what it has read. Then what the checksum of the same
/// bytes costs beside their parsing, in both builds: with the processor's instruction, and by tables.
/// </summary>
internal static class StorageBenchmark
{
    public const string ServeForm = "serve";

    private const int Megabytes = 500;
    private const int Rounds = 3;
    private const string FromFile = "Get-WorkdayPatron $file | Out-Null";
    private const string FromStorage = "Get-WorkdayPatron gs://exports/student_data.json | Out-Null";

    /// <summary>The server's process: it tells its address and serves the export.</summary>
    public static async Task ServeAsync(string file)
    {
        await using var server = await FakeStorage.StartAsync();
        server.State.PutFile("exports", "student_data.json", file);
        Console.WriteLine(server.Root);
        await server.WaitForShutdownAsync();
    }

    public static async Task WriteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("kohapatron-benchmark").FullName;
        var file = Path.Combine(folder, "student_data.json");
        MakeExport(file);
        var size = new FileInfo(file).Length / 1e6;
        using var service = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ServeForm, file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        Environment.SetEnvironmentVariable("STORAGE_EMULATOR_HOST", await service.StandardOutput.ReadLineAsync());
        using var runspace = Open(file);

        // In turns, so that both meet the same machine; once before the clock runs.
        Run(runspace, FromFile);
        var diskPeak = Peak();
        Run(runspace, FromStorage);
        var times = Enumerable.Range(0, Rounds).Select(_ => (File: Run(runspace, FromFile), Storage: Run(runspace, FromStorage))).ToList();
        var peak = Peak();
        service.Kill();
        var (disk, storage) = (times.Min(time => time.File), times.Min(time => time.Storage));
        var builds = new[] { "net8.0", "netstandard2.0" }.SelectMany(target => Build(target, file, size)).ToList();
        Directory.Delete(folder, recursive: true);

        Results.Write("Cloud Storage", [
            $"An export of {Megabytes} MB, the best of {Rounds} runs in turns.",
            string.Empty,
            .. Results.Table(["", "s", "MB a second"], [Row("`Get-WorkdayPatron` from disk", disk, size), Row("`Get-WorkdayPatron` from Cloud Storage", storage, size), .. builds]),
            string.Empty,
            $"Cloud Storage takes {Results.Number(storage / disk, "F2")} times as long as the disk; the process held {Results.Number(diskPeak, "F0")} MB at most from disk, and {Results.Number(peak, "F0")} MB in the end.",
        ]);
    }

    /// <summary>The most that this process has held so far, in MB.</summary>
    private static double Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / 1e6;
    }

    private static void MakeExport(string file)
    {
        var sample = file + ".sample";
        ExportWriter.WriteExport(sample, Enumerable.Range(0, 1000).Select(People.Student));
        var people = (int)(Megabytes * 1_000_000L / (new FileInfo(sample).Length / 1000));
        ExportWriter.WriteExport(file, Enumerable.Range(0, people).Select(People.Student));
    }

    private static Runspace Open(string file)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Places.ModuleManifest]);
        var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        runspace.SessionStateProxy.SetVariable("file", file);
        return runspace;
    }

    private static IEnumerable<string[]> Build(string target, string file, double size)
    {
        var core = new CoreBuild(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, target, "dependencies"));
        var costs = Enumerable.Range(0, Rounds).Select(_ => (Parsing: Timed(() => core.Parse(file)), Checksum: Timed(() => core.Checksum(file)))).ToList();
        yield return Row($"Parsing, {target}", costs.Min(cost => cost.Parsing), size);
        yield return Row($"CRC32C, {target}", costs.Min(cost => cost.Checksum), size);
    }

    private static TimeSpan Run(Runspace runspace, string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript(script);
        var time = Timed(() => shell.Invoke());
        return shell.Streams.Error.Count == 0 ? time : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    private static TimeSpan Timed(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed;
    }

    private static string[] Row(string what, TimeSpan time, double megabytes) =>
        [what, Results.Number(time.TotalSeconds, "F2"), Results.Number(megabytes / time.TotalSeconds, "F0")];
}
