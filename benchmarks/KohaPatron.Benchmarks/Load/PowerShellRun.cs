using System.Diagnostics;
using System.Globalization;

namespace KohaPatron.Benchmarks.Load;

/// <summary>What a PowerShell process has used from its start to its end.</summary>
/// <param name="Wall">By the clock.</param>
/// <param name="CpuSeconds">Of all cores together.</param>
/// <param name="PeakBytes">The most memory at once.</param>
internal sealed record PowerShellRun(TimeSpan Wall, double CpuSeconds, long PeakBytes)
{
    /// <summary>Runs a script of this project, or none, in a PowerShell of its own.</summary>
    /// <exception cref="InvalidOperationException">The script failed.</exception>
    public static PowerShellRun Of(params string[] scriptAndArguments)
    {
        string[] script = scriptAndArguments is [var name, .. var arguments] ? [Places.Script(name), .. arguments] : [];
        var start = new ProcessStartInfo("dotnet", [Places.PowerShell, "-NoProfile", "-File", Places.Script("measured.ps1"), .. script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = process.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        process.WaitForExit();
        var wall = clock.Elapsed;
        if (process.ExitCode != 0 || errors.Result.Length > 0)
            throw new InvalidOperationException(errors.Result);
        var used = lines[^1].Split(' ');
        return new PowerShellRun(wall, double.Parse(used[0], CultureInfo.InvariantCulture), long.Parse(used[1], CultureInfo.InvariantCulture));
    }
}
