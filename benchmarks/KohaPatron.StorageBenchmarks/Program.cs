using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using System.Reflection;
using KohaPatron.Fakes.Storage;
using KohaPatron.StorageBenchmarks;
using KohaPatron.TestData;

// An export of 500 MB, read by Get-WorkdayPatron from disk and from Cloud Storage on the loopback, a server of its own
// process: how much more the second costs, and that neither keeps what it has read. Then what the checksum of the same
// bytes costs beside their parsing, in both builds: with the processor's instruction, and by tables.
const int Megabytes = 500;
const int Rounds = 3;

if (args is ["serve", var served])
{
    await using var server = await FakeStorage.StartAsync();
    server.State.PutFile("exports", "student_data.json", served);
    Console.WriteLine(server.Root);
    await server.WaitForShutdownAsync();
    return 0;
}

var folder = Directory.CreateTempSubdirectory("kohapatron-benchmark").FullName;
var file = Path.Combine(folder, "student_data.json");
var sample = Path.Combine(folder, "sample.json");
ExportWriter.WriteExport(sample, Enumerable.Range(0, 1000).Select(People.Student));
var people = (int)(Megabytes * 1_000_000L / (new FileInfo(sample).Length / 1000));
ExportWriter.WriteExport(file, Enumerable.Range(0, people).Select(People.Student));

using var service = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["serve", file]) { RedirectStandardOutput = true, UseShellExecute = false })!;
Environment.SetEnvironmentVariable("STORAGE_EMULATOR_HOST", await service.StandardOutput.ReadLineAsync());
var state = InitialSessionState.CreateDefault2();
var manifest = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "ModuleManifest").Value!;
state.ImportPSModule([manifest]);
using var runspace = RunspaceFactory.CreateRunspace(state);
runspace.Open();
runspace.SessionStateProxy.SetVariable("file", file);

const string FromFile = "Get-WorkdayPatron $file | Out-Null";
const string FromStorage = "Get-WorkdayPatron gs://exports/student_data.json | Out-Null";
// In turns, so that both meet the same machine; once before the clock runs.
Run(FromFile);
Run(FromStorage);
var times = Enumerable.Range(0, Rounds).Select(_ => (File: Run(FromFile), Storage: Run(FromStorage))).ToList();
var (disk, storage) = (times.Min(time => time.File), times.Min(time => time.Storage));
var size = new FileInfo(file).Length / 1_000_000.0;
Row("From disk", disk, size);
Row("From Cloud Storage", storage, size);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"Times as long",-24} {storage / disk,8:F2}"));
using var self = Process.GetCurrentProcess();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"Most memory at once",-24} {self.PeakWorkingSet64 / 1_000_000.0,8:F0} MB of the whole process"));
service.Kill();
foreach (var target in new[] { "net8.0", "netstandard2.0" })
{
    var core = new CoreBuild(Path.Combine(Path.GetDirectoryName(manifest)!, target, "dependencies"));
    var costs = Enumerable.Range(0, Rounds).Select(_ => (Parsing: Timed(() => core.Parse(file)), Checksum: Timed(() => core.Checksum(file)))).ToList();
    var (parsing, checksum) = (costs.Min(cost => cost.Parsing), costs.Min(cost => cost.Checksum));
    Row($"Parsing, {target}", parsing, size);
    Row($"CRC32C, {target}", checksum, size);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"Part of the parsing",-24} {checksum / parsing,8:F2}"));
}

Directory.Delete(folder, recursive: true);
return 0;

TimeSpan Run(string script)
{
    using var shell = System.Management.Automation.PowerShell.Create(runspace);
    shell.AddScript(script);
    var time = Timed(() => shell.Invoke());
    return shell.Streams.Error.Count == 0 ? time : throw new InvalidOperationException(shell.Streams.Error[0].ToString());
}

static TimeSpan Timed(Action action)
{
    var clock = Stopwatch.StartNew();
    action();
    return clock.Elapsed;
}

static void Row(string what, TimeSpan time, double megabytes) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-24} {time.TotalSeconds,8:F2} s {megabytes / time.TotalSeconds,6:F0} MB a second"));
