using System.Reflection;
using System.Text.Json.Nodes;

namespace KohaPatron.Benchmarks;

/// <summary>Where the things lie that are measured, as the build knew them.</summary>
internal static class Places
{
    public static string ModuleManifest => Value("ModuleManifest");

    public static string EmptyModule => Value("EmptyModule");

    public static string Results => Path.Combine(Root, "benchmarks", "results.md");

    /// <summary>A script of this project.</summary>
    public static string Script(string name) => Path.Combine(Root, "benchmarks", "KohaPatron.Benchmarks", "scripts", name);

    /// <summary>The tables of the rules, for the script without the module.</summary>
    public static string BuiltInProfile => Path.Combine(Root, "src", "KohaPatron.Core", "Settings", "Profiles", "2023.json");

    /// <summary>The PowerShell of the tool manifest itself; the tool's own pwsh is a program that starts this one.</summary>
    public static string PowerShell
    {
        get
        {
            var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, ".config", "dotnet-tools.json")))!;
            var version = (string)manifest["tools"]!["powershell"]!["version"]!;
            var path = Path.Combine(Value("PackageRoot"), "powershell", version, "tools", "net10.0", "any", OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");
            return File.Exists(path) ? path : throw new FileNotFoundException("PowerShell is missing. Run: dotnet tool restore", path);
        }
    }

    private static string Root => Value("RepositoryRoot");

    private static string Value(string key) => typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!;
}
