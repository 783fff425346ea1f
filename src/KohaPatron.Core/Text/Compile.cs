using System.Runtime.CompilerServices;

namespace KohaPatron.Core.Text;

/// <summary>How methods are compiled that a load runs for every person, line or letter.</summary>
internal static class Compile
{
    /// <summary>
    /// Well, and at the first call. Left to itself the runtime compiles a method quickly, counts its calls, compiles it once
    /// more to watch it, and only then well, behind thousands of methods of PowerShell's own: most of a first load is over by
    /// then. For few and short methods: what each costs to compile, every load pays. (AggressiveOptimization, which .NET
    /// Standard 2.0 does not name and .NET Framework does not need.)
    /// </summary>
    public const MethodImplOptions Fully = (MethodImplOptions)512;
}
