using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Storage;

/// <summary>An export that is there.</summary>
/// <param name="Address">Its whole name.</param>
/// <param name="Stored">What is stored; null: the generation that is at hand already.</param>
internal sealed record StoredExport(StorageAddress Address, StorageObject? Stored);

/// <summary>
/// Finds the exports that an address names. It asks for each by its name, which needs no right to list the bucket; the list
/// is only asked for where a name leads nowhere, to say what is there instead.
/// </summary>
internal sealed class StoredExports(CloudStorage store, ExportLayouts layouts, Action<Notice> tell)
{
    private const int NamesToShow = 5;

    /// <summary>The exports, in the order in which a folder is read.</summary>
    /// <param name="address">An object, or a folder with a slash at its end or without.</param>
    /// <param name="types">Which of a folder; null: all that are there.</param>
    /// <param name="known">The generation of an export that is at hand already.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="KohaPatronException">There are none.</exception>
    public async Task<IReadOnlyList<StoredExport>> FindAsync(StorageAddress address, IReadOnlyCollection<WorkdayPersonType>? types, Func<StorageAddress, long?> known, CancellationToken cancel)
    {
        if (address.IsFolder)
            return await FindInFolderAsync(address, types, known, cancel);
        var fault = await TryFindAsync(address, known, cancel);
        if (fault.Export is { } export)
            return [export];
        try
        {
            return await FindInFolderAsync(address with { Name = address.Name + "/" }, types, known, cancel);
        }
        catch (KohaPatronException e) when (e.Notice.Code is StorageNotices.AccessDenied or "WorkdayExportNotFound")
        {
            throw new KohaPatronException(await WithNearestAsync(address, fault.Notice!, cancel));
        }
    }

    private async Task<IReadOnlyList<StoredExport>> FindInFolderAsync(StorageAddress folder, IReadOnlyCollection<WorkdayPersonType>? types, Func<StorageAddress, long?> known, CancellationToken cancel)
    {
        var found = new List<StoredExport>();
        var faults = new List<Notice>();
        var names = WorkdayExportFile.All.Where(type => types is null || types.Contains(type)).Select(layouts.NameOf).ToList();
        foreach (var name in names)
        {
            var (export, notice) = await TryFindAsync(folder.Child(await FullNameAsync(folder, name, cancel)), known, cancel);
            if (export is not null)
                found.Add(export);
            else
                faults.Add(notice!);
        }

        if (found.Count == 0)
            throw new KohaPatronException(faults.Find(notice => notice.Code == StorageNotices.AccessDenied) ?? StorageNotices.NoExports(folder, names, [.. (await NamesAsync(folder, cancel) ?? []).Take(NamesToShow)]));
        foreach (var notice in faults.Where(notice => types is not null || notice.Code == StorageNotices.AccessDenied))
            tell(types is null ? StorageNotices.MayBeMissing(StorageAddress.Parse((string)notice.Target!)) : notice);
        return found;
    }

    /// <summary>The name of an object; where it has wildcards the newest of those that it fits.</summary>
    private async Task<string> FullNameAsync(StorageAddress folder, string name, CancellationToken cancel)
    {
        if (!ExportLayouts.HasWildcard(name))
            return name;
        var names = await store.ListAsync(folder, cancel);
        var newest = names.Where(each => ExportLayouts.IsNamed(each.Name, name)).OrderBy(each => each.Written).ThenBy(each => each.Name, StringComparer.Ordinal).LastOrDefault();
        return newest.Name is null ? name : newest.Name.Substring(folder.Name.Length);
    }

    private async Task<(StoredExport? Export, Notice? Notice)> TryFindAsync(StorageAddress address, Func<StorageAddress, long?> known, CancellationToken cancel)
    {
        try
        {
            var stored = await store.FindAsync(address, known(address), cancel);
            if (stored is { Crc32c: null })
                tell(StorageNotices.NotVerified(address));
            return (new StoredExport(address, stored), null);
        }
        catch (KohaPatronException e) when (e.Notice.Code is StorageNotices.ObjectNotFound or StorageNotices.AccessDenied)
        {
            return (null, e.Notice);
        }
    }

    private async Task<Notice> WithNearestAsync(StorageAddress address, Notice notice, CancellationToken cancel)
    {
        if (notice.Code != StorageNotices.ObjectNotFound || await NamesAsync(address.Folder, cancel) is not { } names)
            return notice;
        var nearest = NearestTerm.Of(address.Name, names);
        return StorageNotices.NotFound(address, nearest.Count > 0 ? nearest : [.. names.Take(NamesToShow)]);
    }

    /// <summary>What lies in a folder; null where nobody can say.</summary>
    private async Task<IReadOnlyList<string>?> NamesAsync(StorageAddress folder, CancellationToken cancel)
    {
        try
        {
            return [.. (await store.ListAsync(folder, cancel)).Select(each => each.Name)];
        }
        catch (KohaPatronException e) when (e.Notice.Code is StorageNotices.AccessDenied or StorageNotices.ListEndless)
        {
            return null;
        }
    }
}
