using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace KohaPatron.Benchmarks.Storage;

/// <summary>One build of the core, in a load context of its own, so that both can be measured in one process.</summary>
internal sealed class CoreBuild
{
    private readonly Assembly _core;

    /// <param name="folder">Where it lies with what it needs.</param>
    public CoreBuild(string folder)
    {
        var context = new AssemblyLoadContext(folder);
        // Only what the runtime itself has not.
        context.Resolving += (_, name) => Path.Combine(folder, $"{name.Name}.dll") is var path && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        _core = context.LoadFromAssemblyPath(Path.Combine(folder, "KohaPatron.Core.dll"));
    }

    /// <summary>Reads all people of an export.</summary>
    public void Parse(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var export = Activator.CreateInstance(Internal("Workday.WorkdayExport"), file, null, null);
        var batches = Internal("Workday.WorkdayExportReader").GetMethod("Read")!.Invoke(null, [stream, export, false, CancellationToken.None]);
        foreach (var batch in (IEnumerable)batches!)
            _ = batch;
    }

    /// <summary>Computes a file's checksum as for one that was saved.</summary>
    public void Checksum(string file) => Internal("Storage.SavedFrom").GetMethod("ChecksumOf", BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [file]);

    private Type Internal(string name) => _core.GetType($"KohaPatron.Core.{name}", throwOnError: true)!;
}
