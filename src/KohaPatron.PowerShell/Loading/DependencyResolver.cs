using System.Reflection;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Loader;
#endif

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// Finds Core and its dependencies, in a load context of the module's own where the runtime has them. It knows nothing of
/// PowerShell, so that it can be tried without it.
/// </summary>
internal static class DependencyResolver
{
    private static readonly string DependencyFolder = Path.Combine(Path.GetDirectoryName(typeof(DependencyResolver).Assembly.Location)!, "dependencies");

    /// <summary>Makes sure that the dependencies are found from now on; once for the process.</summary>
    public static void Register() => RuntimeHelpers.RunClassConstructor(typeof(DependencyResolver).TypeHandle);

#if NET
    private static readonly DependencyContext Context = new();

    // Several runspaces may import at once: the runtime runs this for one of them, and lets the others wait until it is done.
    static DependencyResolver() =>
        AssemblyLoadContext.Default.Resolving += (_, name) => name.Name == "KohaPatron.Core" ? Context.LoadFromAssemblyName(name) : null;

    /// <summary>Core in here sees the dependencies folder first, so that its libraries are those it was built with.</summary>
    private sealed class DependencyContext() : AssemblyLoadContext("KohaPatron")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            var path = Path.Combine(DependencyFolder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }
    }
#else
    // Several runspaces may import at once: the runtime runs this for one of them, and lets the others wait until it is done.
    static DependencyResolver() => AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Resolve(request);

    /// <summary>Only what our own assemblies ask for: another module must not get our copies.</summary>
    private static Assembly? Resolve(ResolveEventArgs request)
    {
        var asker = request.RequestingAssembly;
        if (asker is null || asker.IsDynamic || !asker.Location.StartsWith(Path.GetDirectoryName(DependencyFolder)!, StringComparison.OrdinalIgnoreCase))
            return null;
        var path = Path.Combine(DependencyFolder, new AssemblyName(request.Name).Name + ".dll");
        return File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }
#endif
}
