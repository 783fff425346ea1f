using System.Diagnostics;
using System.Globalization;

namespace KohaPatron.Benchmarks;

/// <summary>The peak memory of whole processes: the load of three sizes, and the same engine with an empty pipeline.</summary>
internal static class MemoryTable
{
    private static readonly int[] Sizes = [20_000, 200_000, 2_000_000];

    public static void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"{"Peak memory of the process",-38} {"load",8} {"empty",8} {"above",8}");
        foreach (var people in Sizes)
        {
            var load = Child("load", people);
            var empty = Child("empty", people);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people,12:N0} people {"",18} {load,5} MB {empty,5} MB {load - empty,5} MB"));
        }
    }

    /// <summary>In the child process: runs, and gives the peak of its resident memory in MB.</summary>
    public static long PeakOf(string what, int people)
    {
        var files = new LoadFiles(people);
        using var engine = new WarmEngine(withModule: what == "load");
        if (what == "load")
            engine.Load(files);
        else
            engine.EmptyPipeline(people);
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 / (1024 * 1024);
    }

    private static long Child(string what, int people)
    {
        // The files are made by this process, so that making them does not count.
        _ = new LoadFiles(people);
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["peak", what, people.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var peak = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return long.Parse(peak, CultureInfo.InvariantCulture);
    }
}
