using System.Diagnostics;

namespace KohaPatron.PowerShell.Tests;

/// <summary>The host program as a process of its own.</summary>
public static class HostProcess
{
    public sealed record Result(int ExitCode, string Output, string Error);

    public static Process Start(params string[] arguments) => Start(("KOHA_PATRON_SETTINGS", null), arguments);

    public static Process Start((string Name, string? Value) variable, params string[] arguments) => Start(Environment.CurrentDirectory, variable, arguments);

    private static Process Start(string folder, (string Name, string? Value) variable, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Places.HostAssembly, .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove("KOHA_PATRON_SETTINGS");
        if (variable.Value is not null)
            start.Environment[variable.Name] = variable.Value;
        return Process.Start(start)!;
    }

    public static Result Run(params string[] arguments) => RunIn(Environment.CurrentDirectory, arguments);

    public static Result RunIn(string folder, params string[] arguments)
    {
        using var process = Start(folder, ("KOHA_PATRON_SETTINGS", null), arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        Assert.True(process.WaitForExit(60_000));
        return new Result(process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
