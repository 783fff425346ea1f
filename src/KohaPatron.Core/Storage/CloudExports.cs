using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Storage;

/// <summary>The exports in Cloud Storage, for whoever reads exports.</summary>
internal sealed class CloudExports(CloudStorage store, ExportLayouts layouts) : IExportStore
{
    public bool Has(string path) => StorageAddress.Is(path);

    public IReadOnlyList<FoundExport> Find(string address, IReadOnlyCollection<WorkdayPersonType>? types, Action<Notice> tell, CancellationToken cancel)
    {
        var found = new StoredExports(store, layouts, tell).FindAsync(StorageAddress.Parse(address), types, _ => null, cancel).GetAwaiter().GetResult();
        return [.. found.Select(export => Found(export.Stored!))];
    }

    private FoundExport Found(StorageObject stored) => new(
        stored.Address.ToString(),
        cancel => new AheadStream(stop => new UnzippedStream(new ObjectStream(store, stored, stop), stored.Address), cancel),
        stored.Written,
        stored.IsGzip ? null : stored.Size);
}
