using System.Reflection;

namespace KohaPatron.NetFramework;

/// <summary>The part that powershell.exe plays: it loads the cmdlets' assembly, and leaves the rest to the module's own resolver.</summary>
internal static class ModuleFolder
{
    private static string _folder = string.Empty;

    public static void Use(string module)
    {
        _folder = Path.Combine(Path.GetFullPath(module), "netstandard2.0");
        // The module's initializer itself needs PowerShell; what it registers does not.
        Assembly.LoadFrom(Path.Combine(_folder, "KohaPatron.PowerShell.dll"))
            .GetType("KohaPatron.PowerShell.Loading.DependencyResolver", throwOnError: true)!
            .GetMethod("Register", BindingFlags.Public | BindingFlags.Static)!
            .Invoke(null, null);
        // In PowerShell the cmdlets ask for Core; here this program does.
        var core = Path.Combine(_folder, "dependencies", "KohaPatron.Core.dll");
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => new AssemblyName(request.Name).Name == "KohaPatron.Core" ? Assembly.LoadFrom(core) : null;
    }

    /// <summary>What is loaded and is neither of the runtime, nor this program, nor from the module's folder.</summary>
    public static IEnumerable<string> LoadedFromElsewhere() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => !assembly.IsDynamic && !assembly.GlobalAssemblyCache && assembly != typeof(ModuleFolder).Assembly)
        .Select(assembly => assembly.Location)
        .Where(location => !location.StartsWith(_folder, StringComparison.OrdinalIgnoreCase) && !location.StartsWith(RuntimeFolder, StringComparison.OrdinalIgnoreCase));

    private static string RuntimeFolder => Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location)!)!;
}
