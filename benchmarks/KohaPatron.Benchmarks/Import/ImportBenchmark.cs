using System.Diagnostics;
using System.Globalization;
using System.Management.Automation.Runspaces;

namespace KohaPatron.Benchmarks.Import;

/// <summary>
/// What Import-Module costs, beside a binary module with one cmdlet that does next to nothing. Each import is the first of
/// a process of its own, in turns, so that both meet the same machine.
/// </summary>
internal static class ImportBenchmark
{
    public const string OnceForm = "import-once";

    private const int Rounds = 15;

    public static void Write()
    {
        var times = Enumerable.Range(0, Rounds).Select(_ => (Empty: Import(Places.EmptyModule), Ours: Import(Places.ModuleManifest))).ToList();
        var (empty, ours) = (Results.Median(times.Select(time => time.Empty)), Results.Median(times.Select(time => time.Ours)));
        Results.Write("Import-Module", [
            $"The first import of a process, medians of {Rounds} in turns.",
            string.Empty,
            .. Results.Table(["", "ms"], [["An empty binary module", Results.Number(empty, "F0")], ["KohaPatron", Results.Number(ours, "F0")]]),
        ]);
    }

    /// <summary>The measured process: it prints the milliseconds of one import.</summary>
    public static void MeasureOnce(string module)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        // The engine's own first script is not the module's cost.
        Run("Get-Module | Out-Null");
        var clock = Stopwatch.StartNew();
        Run($"Import-Module '{module}'");
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

        void Run(string script)
        {
            using var shell = System.Management.Automation.PowerShell.Create(runspace);
            shell.AddScript(script).Invoke();
            if (shell.HadErrors)
                throw new InvalidOperationException(shell.Streams.Error[0].ToString());
        }
    }

    private static double Import(string module)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [OnceForm, module]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var time = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return double.Parse(time, CultureInfo.InvariantCulture);
    }
}
