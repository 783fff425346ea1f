using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that read Workday exports have in common: where these lie, in files, folders or Cloud Storage.</summary>
public abstract class ExportCmdlet : StorageCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    /// <summary>Export files, or folders that hold them under Workday's names, or gs:// addresses of either; wildcards are expanded in local paths. Left out: the settings' "source".</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Export files, folders or gs:// addresses, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>An export to be read.</summary>
    /// <param name="Name">Its path or address.</param>
    /// <param name="Open">Opens it: bytes of JSON, whatever way they are stored.</param>
    private protected sealed record ExportSource(string Name, Func<CancellationToken, Stream> Open);

    /// <summary>The exports of the given types; null: all that are there. What cannot be found is told.</summary>
    private protected IEnumerable<ExportSource> Exports(IReadOnlyCollection<WorkdayPersonType>? types) => Paths().SelectMany(path =>
        StorageAddress.Is(path) ? Stored(StorageAddress.Parse(path), types)
        : Directory.Exists(path) ? Files(path, types)
        : [File(path)]);

    /// <summary>Something that should have been read cannot be.</summary>
    private protected virtual void TellFault(Notice notice) => Tell(notice);

    private IEnumerable<string> Paths()
    {
        if (LiteralPath is not null)
            return LiteralPath.Select(path => StorageAddress.Is(path) ? path : PathResolver.Literal(this, path));
        if (Path is not null)
            return Path.SelectMany(path => StorageAddress.Is(path) ? [path] : PathResolver.Resolve(this, path, TellFault));
        return [Settings.Source ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath];
    }

    private List<ExportSource> Files(string folder, IReadOnlyCollection<WorkdayPersonType>? types)
    {
        var found = new List<ExportSource>();
        var missing = new List<Notice>();
        foreach (var type in WorkdayExportFile.All.Where(type => types is null || types.Contains(type)))
        {
            var path = System.IO.Path.Combine(folder, WorkdayExportFile.NameOf(type));
            if (System.IO.File.Exists(path))
                found.Add(File(path));
            else if (types is not null)
                missing.Add(WorkdayNotices.ExportMissing(folder, type));
        }

        if (found.Count == 0 && types is null)
            missing.Add(WorkdayNotices.NoExports(folder));
        missing.ForEach(TellFault);
        return found;
    }

    private static ExportSource File(string path) => new(path, _ => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1));

    private List<ExportSource> Stored(StorageAddress address, IReadOnlyCollection<WorkdayPersonType>? types)
    {
        try
        {
            var found = new StoredExports(Store, TellFault).FindAsync(address, types, _ => null, Cancel).GetAwaiter().GetResult();
            return [.. found.Select(export => new ExportSource(export.Address.ToString(), cancel => new UnzippedStream(new ObjectStream(Store, export.Stored!, cancel), export.Address)))];
        }
        catch (KohaPatronException e)
        {
            TellFault(e.Notice);
            return [];
        }
    }
}
