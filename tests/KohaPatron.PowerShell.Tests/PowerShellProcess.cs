using System.Diagnostics;

namespace KohaPatron.PowerShell.Tests;

/// <summary>PowerShell with the module imported, as a process of its own that can be killed.</summary>
public static class PowerShellProcess
{
    private static string Program => Path.Combine(Places.PowerShellTool, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");

    public static Process Start(string script, params (string Name, string? Value)[] variables)
    {
        string[] arguments = ["exec", Program, "-NoProfile", "-NonInteractive", "-Command", $"Import-Module '{Places.ModuleManifest}'; {script}"];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove("KOHA_PATRON_SETTINGS");
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
