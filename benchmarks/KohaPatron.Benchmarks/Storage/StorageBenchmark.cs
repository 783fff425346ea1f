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
    private const int Rounds = 5;
    private const string Bucket = "exports";
    private const string Name = "student_data.json";
    private const string FromFile = "Get-WorkdayPatron $file | Out-Null";
    private const string FromStorage = $"Get-WorkdayPatron gs://{Bucket}/{Name} | Out-Null";

    /// <summary>What a reading took.</summary>
    /// <param name="Seconds">By the clock.</param>
    /// <param name="Cpu">Seconds of all cores, of this process.</param>
    /// <param name="ServerCpu">Seconds of all cores, of the server's process.</param>
    private sealed record Cost(double Seconds, double Cpu, double ServerCpu);

    /// <summary>The server's process: it tells its address and serves the export.</summary>
    public static void Serve(string file) => new NetworkServer(StoredObject.OfFile(Bucket, Name, 1, file), file).Serve(Console.Out);

    public static void Write()
    {
        var folder = Directory.CreateTempSubdirectory("kohapatron-benchmark").FullName;
        var file = Path.Combine(folder, Name);
        MakeExport(file);
        var size = new FileInfo(file).Length / 1e6;
        using var server = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [ServeForm, file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var root = server.StandardOutput.ReadLine()!;
        Environment.SetEnvironmentVariable("STORAGE_EMULATOR_HOST", root);
        using var runspace = Open(file);

        // In turns, so that all meet the same machine; once before the clock runs.
        Run(runspace, FromFile);
        var diskPeak = Peak();
        Run(runspace, FromStorage);
        var rounds = Enumerable.Range(0, Rounds).Select(_ => (
            DiskBytes: Measure(server, () => ReadFile(file)),
            StorageBytes: Measure(server, () => Receive($"{root}/?alt=media")),
            Disk: Measure(server, () => Run(runspace, FromFile)),
            Storage: Measure(server, () => Run(runspace, FromStorage)))).ToList();
        var peak = Peak();
        server.Kill();
        var (disk, storage) = (Best(rounds.Select(round => round.Disk)), Best(rounds.Select(round => round.Storage)));
        var builds = new[] { "net8.0", "netstandard2.0" }.SelectMany(target => Build(server, target, file, size)).ToList();
        Directory.Delete(folder, recursive: true);

        Results.Write("Cloud Storage", [
            $"An export of {Megabytes} MB, the best of {Rounds} runs in turns. The server is a process on the same cores, where a network would take none: its CPU is told apart.",
            string.Empty,
            .. Results.Table(
                ["", "s", "MB a second", "CPU s", "server's CPU s"],
                [
                    Row("The bytes alone, from disk", Best(rounds.Select(round => round.DiskBytes)), size),
                    Row("The bytes alone, by HttpClient", Best(rounds.Select(round => round.StorageBytes)), size),
                    Row("`Get-WorkdayPatron` from disk", disk, size),
                    Row("`Get-WorkdayPatron` from Cloud Storage", storage, size),
                    .. builds,
                ]),
            string.Empty,
            $"Cloud Storage takes {Results.Number(storage.Seconds / disk.Seconds, "F2")} times as long as the disk; the process held {Results.Number(diskPeak, "F0")} MB at most from disk, and {Results.Number(peak, "F0")} MB in the end.",
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

    private static IEnumerable<string[]> Build(Process server, string target, string file, double size)
    {
        var core = new CoreBuild(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, target, "dependencies"));
        var costs = Enumerable.Range(0, Rounds).Select(_ => (Parsing: Measure(server, () => core.Parse(file)), Checksum: Measure(server, () => core.Checksum(file)))).ToList();
        yield return Row($"Parsing, {target}", Best(costs.Select(cost => cost.Parsing)), size);
        yield return Row($"CRC32C, {target}", Best(costs.Select(cost => cost.Checksum)), size);
    }

    private static void ReadFile(string file)
    {
        using var stream = File.OpenRead(file);
        ReadToEnd(stream);
    }

    private static void Receive(string address)
    {
        using var client = new HttpClient();
        using var stream = client.GetStreamAsync(address).GetAwaiter().GetResult();
        ReadToEnd(stream);
    }

    private static void ReadToEnd(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        while (stream.Read(buffer) > 0)
        {
            // only that they come
        }
    }

    private static void Run(Runspace runspace, string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript(script).Invoke();
        if (shell.Streams.Error.Count > 0)
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }

    private static Cost Measure(Process server, Action action)
    {
        using var self = Process.GetCurrentProcess();
        var (before, serverBefore) = (CpuOf(self), CpuOf(server));
        var clock = Stopwatch.StartNew();
        action();
        return new Cost(clock.Elapsed.TotalSeconds, CpuOf(self) - before, CpuOf(server) - serverBefore);
    }

    private static double CpuOf(Process process)
    {
        process.Refresh();
        return process.HasExited ? 0 : process.TotalProcessorTime.TotalSeconds;
    }

    private static Cost Best(IEnumerable<Cost> costs) => costs.MinBy(cost => cost.Seconds)!;

    private static string[] Row(string what, Cost cost, double megabytes) =>
        [what, Results.Number(cost.Seconds, "F2"), Results.Number(megabytes / cost.Seconds, "F0"), Results.Number(cost.Cpu, "F2"), cost.ServerCpu > 0 ? Results.Number(cost.ServerCpu, "F2") : string.Empty];
}
