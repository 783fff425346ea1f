using System.Reflection;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.InteropServices;
using System.Runtime.Loader;
#endif

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// Finds Core and its dependencies, in a load context of the module's own where the runtime has them. It knows nothing of
/// PowerShell, so that it can be tried without it.
/// </summary>
internal static class DependencyResolver
{
    private static readonly string Folder = Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!;
    private static readonly string DependencyFolder = Path.Combine(Folder, "dependencies");

    /// <summary>Makes sure that the dependencies are found from now on; once for the process.</summary>
    public static void Register() => RuntimeHelpers.RunClassConstructor(typeof(DependencyResolver).TypeHandle);

#if NET
    // What the build compiled for one system, such as win-x64; most of the module's code is the same IL for all.
    private static readonly string SystemFolder = Path.Combine(Folder, RuntimeInformation.RuntimeIdentifier);

    private static readonly DependencyContext Context = new();

    // Several runspaces may import at once: the runtime runs this for one of them, and lets the others wait until it is done.
    static DependencyResolver() =>
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "KohaPatron.Core" ? Context.LoadFromAssemblyName(name) : null;

    /// <summary>Core in here sees the dependencies folder first, so that its libraries are those it was built with.</summary>
    private sealed class DependencyContext() : AssemblyLoadContext("KohaPatron")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var file = assemblyName.Name + ".dll";
            return Load(Path.Combine(SystemFolder, file)) ?? Load(Path.Combine(DependencyFolder, file));
        }

        private Assembly? Load(string path) => File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
#else
    // Several runspaces may import at once: the runtime runs this for one of them, and lets the others wait until it is done.
    static DependencyResolver() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(request);

    /// <summary>Only what our own assemblies ask for: another module must not get our copies.</summary>
    private static Assembly? Resolve(ResolveEventArgs request)
    {
        var asker = request.RequestingAssembly;
        if (asker is null || asker.IsDynamic || !asker.Location.StartsWith(Folder, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = Path.Combine(DependencyFolder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
#endif
}
