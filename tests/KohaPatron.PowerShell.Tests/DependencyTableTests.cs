using System.Reflection;

namespace KohaPatron.PowerShell.Tests;

/// <summary>docs/dependencies.md says which version of which library each edition loads.</summary>
public sealed class DependencyTableTests
{
    [Fact]
    public void Docs_dependencies_md_is_what_the_module_holds()
    {
        var (windows, core) = (Versions("netstandard2.0"), Versions("net8.0"));
        var rows = windows.Keys.Union(core.Keys).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Select(name => $"| {name} | {windows.GetValueOrDefault(name, InTheRuntime)} | {core.GetValueOrDefault(name, InTheRuntime)} |");
        Golden.CheckTable(Path.Combine(Places.RepositoryRoot, "docs", "dependencies.md"), rows);
    }

    /// <summary>What is not in a build's folder comes with .NET there.</summary>
    private const string InTheRuntime = "in .NET";

    private static Dictionary<string, string> Versions(string build) => Directory
        .GetFiles(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, build, "dependencies"), "*.dll")
        .Select(AssemblyName.GetAssemblyName)
        .Where(assembly => assembly.Name != "KohaPatron.Core")
        .ToDictionary(assembly => assembly.Name!, assembly => assembly.Version!.ToString());
}
