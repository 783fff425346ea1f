using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Workday;

/// <summary>An export that is there.</summary>
/// <param name="Name">Its path or address.</param>
/// <param name="Open">Opens it: bytes of JSON, whatever way they are stored.</param>
/// <param name="Written">When it was written last; null where nobody knows.</param>
/// <param name="Size">How many bytes of JSON it holds; null where nobody knows before they are read.</param>
internal sealed record FoundExport(string Name, Func<CancellationToken, Stream> Open, DateTimeOffset? Written = null, long? Size = null)
{
    /// <summary>The name without its folder, for messages.</summary>
    public string ShortName => Name.Substring(Name.LastIndexOfAny(['/', '\\']) + 1);
}

/// <summary>A store of exports that are no files, known by the form of its addresses.</summary>
internal interface IExportStore
{
    /// <summary>Whether a path is an address in this store.</summary>
    bool Has(string path);

    /// <summary>The exports that an address names, one or a folder of them.</summary>
    /// <param name="address">The address.</param>
    /// <param name="types">Which of a folder; null: all that are there.</param>
    /// <param name="tell">Takes what is missing.</param>
    /// <param name="cancel">Ends the search.</param>
    /// <exception cref="KohaPatronException">There are none, or they may not be read.</exception>
    IReadOnlyList<FoundExport> Find(string address, IReadOnlyCollection<WorkdayPersonType>? types, Action<Notice> tell, CancellationToken cancel);
}

/// <summary>
/// Finds, opens and reads exports, wherever they lie. People and what there is to say come as one stream, in their order;
/// each person holds the export it came from, which knows in the end whether it was read whole.
/// </summary>
/// <param name="store">Where exports lie that are no files; null: files only.</param>
internal sealed class WorkdayExports(IExportStore? store)
{
    private readonly TimeProvider _clock = TimeProvider.System;

    /// <summary>What the readings of this object lack.</summary>
    public InputReading Reading { get; init; } = new();

    /// <summary>What the reports are called, and how they are written.</summary>
    public ExportLayouts Layouts { get; init; } = ExportLayouts.BuiltIn;

    /// <summary>How many days old an export may be before it is a warning; null: nobody asks.</summary>
    public int? MaximumAge { get; init; }

    /// <summary>Takes, as an export of a known size is read, how far that is; on the thread that reads.</summary>
    public FileProgress? Progress { get; init; }

    /// <summary>Reads the people of exports in batches, each as soon as it is there.</summary>
    /// <param name="paths">Full paths of files or of folders that hold exports under Workday's names, or addresses of the store.</param>
    /// <param name="types">Which people; null: all that are there.</param>
    /// <param name="cancel">Ends the reading.</param>
    public IEnumerable<IReadOnlyList<WorkdayItem>> Read(IEnumerable<string> paths, IReadOnlyCollection<WorkdayPersonType>? types, CancellationToken cancel)
    {
        Reading.Expect(Layouts.Names);
        foreach (var path in paths)
        {
            var told = new List<Notice>();
            var found = Find(path, types, told.Add, cancel);
            foreach (var notice in told.Where(notice => notice.Level == NoticeLevel.Error))
                Reading.AddLost(notice.Text.TrimEnd('.'));
            if (told.Count > 0)
                yield return Say(told);
            foreach (var batch in found.SelectMany(export => Read(export, types, cancel)))
                yield return batch;
        }
    }

    /// <summary>The exports that a path names: itself, or those of a folder.</summary>
    /// <param name="path">A full path, or an address of the store.</param>
    /// <param name="types">Which of a folder; null: all that are there.</param>
    /// <param name="tell">Takes what cannot be found.</param>
    /// <param name="cancel">Ends the search.</param>
    public IReadOnlyList<FoundExport> Find(string path, IReadOnlyCollection<WorkdayPersonType>? types, Action<Notice> tell, CancellationToken cancel)
    {
        if (store?.Has(path) != true)
            return Directory.Exists(path) ? FindInFolder(path, types, tell) : [ExportFile(path)];
        try
        {
            return store.Find(path, types, tell, cancel);
        }
        catch (KohaPatronException e)
        {
            tell(e.Notice);
            return [];
        }
    }

    private IEnumerable<IReadOnlyList<WorkdayItem>> Read(FoundExport found, IReadOnlyCollection<WorkdayPersonType>? types, CancellationToken cancel)
    {
        var export = Describe(found);
        if (export.Type is { } type && types?.Contains(type) == false)
        {
            yield return Say(WorkdayNotices.OtherType(export.Name, type));
            yield break;
        }

        var told = new List<Notice>();
        using var stream = Open(found, told.Add, cancel);
        yield return Say(told);
        if (stream is null)
            yield break;
        var isStored = store?.Has(found.Name) == true;
        if (!isStored)
            Reading.AddFile(found.Name);
        foreach (var batch in WorkdayExportReader.Read(stream, export, tellsDamage: isStored, cancel))
            yield return export.Type is null && types is not null ? [.. batch.Where(item => item.Person is null || types.Contains(item.Person.Type))] : batch;
        if (export.IsComplete)
            Reading.AddWhole(export.Type is { } read ? Layouts.NameOf(read) : null, export.ShortName);
        if (export is { IsComplete: true, People: 0, Unreadable: 0 })
            yield return Say(WorkdayNotices.HoldsNobody(export));
        yield return Say(WorkdayNotices.WasRead(export));
    }

    /// <summary>An export that nothing was read of yet.</summary>
    public WorkdayExport Describe(FoundExport found) => new(found.Name, Layouts.TypeOf(found.Name), Reading) { Written = found.Written, Layouts = Layouts };

    /// <summary>Opens an export, tells from when it is, and that it is old; null: it cannot be opened, which is told.</summary>
    public Stream? Open(FoundExport export, Action<Notice> tell, CancellationToken cancel)
    {
        tell(WorkdayNotices.Reading(export));
        if (MaximumAge is { } days && export.Written is { } written && _clock.GetUtcNow() - written > TimeSpan.FromDays(days))
            tell(WorkdayNotices.IsOld(export, written, days));
        try
        {
            var stream = export.Open(cancel);
            return export.Size is { } size && Progress is { } progress ? new WatchedStream(stream, done => progress(export.ShortName, done, size)) : stream;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Reading.AddLost($"{export.ShortName} could not be read");
            tell(WorkdayNotices.CannotOpen(export.Name, e));
            return null;
        }
    }

    private List<FoundExport> FindInFolder(string folder, IReadOnlyCollection<WorkdayPersonType>? types, Action<Notice> tell)
    {
        var found = new List<FoundExport>();
        var siblings = new List<Notice>();
        foreach (var type in WorkdayExportFile.All)
        {
            if (types?.Contains(type) == false)
                continue;
            var name = Layouts.NameOf(type);
            var path = FileOf(folder, name);
            if (InputFile.Exists(path))
                found.Add(ExportFile(path));
            else if (types is not null)
                tell(WorkdayNotices.ExportMissing(folder, type, name));
            // Students without employees, or the other way round, are half a load; pre-college students are not there all the year.
            else if (Layouts.Expected.Contains(type) && type != WorkdayPersonType.PreCollege)
                siblings.Add(WorkdayNotices.SiblingMissing(folder, type, name));
            if (WorkdayExportFile.DownloadsOf(path).FirstOrDefault(File.Exists) is { } download)
                tell(WorkdayNotices.Downloading(download));
        }

        if (found.Count == 0 && types is null)
            tell(WorkdayNotices.NoExports(folder, Layouts.Names));
        else
            siblings.ForEach(tell);
        return found;
    }

    /// <summary>The file of a name; where the name has wildcards the newest of those that it fits.</summary>
    private static string FileOf(string folder, string name) => ExportLayouts.HasWildcard(name)
        ? Directory.EnumerateFiles(folder, name).Where(file => ExportLayouts.IsNamed(file, name)).OrderByDescending(File.GetLastWriteTimeUtc).ThenByDescending(file => file, StringComparer.Ordinal).FirstOrDefault() ?? Path.Combine(folder, name)
        : Path.Combine(folder, name);

    /// <summary>A file that Workday, or a transfer, may be writing at the same time.</summary>
    private static FoundExport ExportFile(string path)
    {
        var file = new FileInfo(path);
        return new(path, _ => InputFile.Open(path, bufferSize: 1), file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc) : null, file.Exists ? file.Length : null);
    }

    private static WorkdayItem[] Say(Notice notice) => [new WorkdayItem(null, notice)];

    private static WorkdayItem[] Say(List<Notice> notices)
    {
        var items = new WorkdayItem[notices.Count];
        for (var i = 0; i < items.Length; i++)
            items[i] = new WorkdayItem(null, notices[i]);
        return items;
    }
}
