using System.Reflection;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Where things are, as the build told.</summary>
public static class Places
{
    public static string RepositoryRoot => Told("RepositoryRoot");

    public static string ModuleManifest => Told("ModuleManifest");

    public static string PowerShellTool => Told("PowerShellTool");

    /// <summary>A module of somebody else, with another CsvHelper.</summary>
    public static string OtherModule => Told("OtherModule");

    public static string Examples => Path.Combine(RepositoryRoot, "examples");

    private static string Told(string key) =>
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!;
}
