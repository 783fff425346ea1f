using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;
using System.Reflection;

// What Import-Module costs, beside a binary module with one cmdlet that does next to nothing. Each import is the first of a
// process of its own, in turns, so that both meet the same machine.
const int Rounds = 15;

if (args is ["import", var path])
{
    using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
    runspace.Open();
    // The engine's own first script is not the module's cost.
    Run("Get-Module | Out-Null");
    var clock = Stopwatch.StartNew();
    Run($"Import-Module '{path}'");
    Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    return 0;

    void Run(string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(runspace);
        shell.AddScript(script).Invoke();
        if (shell.HadErrors)
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }
}

var times = Enumerable.Range(0, Rounds).Select(_ => (Empty: Import("EmptyModule"), Ours: Import("ModuleManifest"))).ToList();
var (empty, ours) = (Median(times.Select(time => time.Empty)), Median(times.Select(time => time.Ours)));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
    Import-Module, median of {Rounds}
    an empty binary module   {empty,6:F0} ms
    KohaPatron               {ours,6:F0} ms
    more                     {ours - empty,6:F0} ms  ({ours / empty:F1} times)
    """));
return 0;

static double Import(string module)
{
    var manifest = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == module).Value!;
    using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["import", manifest]) { RedirectStandardOutput = true, UseShellExecute = false })!;
    var time = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return double.Parse(time, CultureInfo.InvariantCulture);
}

static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
