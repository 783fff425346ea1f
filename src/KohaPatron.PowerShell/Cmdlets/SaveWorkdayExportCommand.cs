using System.Collections.Concurrent;
using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Brings Workday exports from Cloud Storage into a folder, under their own names, when they are newer than what is there.
/// Each is checked against its checksum and moved into place whole; a broken or killed run is taken up again.
/// </summary>
[Cmdlet(VerbsData.Save, "WorkdayExport", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class SaveWorkdayExportCommand : StorageCmdlet
{
    private const int MostInFlight = 4;

    private readonly ConcurrentDictionary<StorageAddress, long> _done = new();
    private readonly RunProgress _progress = RunProgress.OfBytes("Workday exports");

    /// <summary>The gs:// address of an export, or of the folder that holds them under Workday's names. Left out: the settings' "source".</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [Alias("Source")]
    [ArgumentCompleter(typeof(StorageNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override string[]? Path { get; set; }

    /// <summary>The folder that takes the files; the current one when left out. It is made if it is not there.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = ".";

    /// <summary>Which exports; all that are there when left out.</summary>
    [Parameter]
    public WorkdayPersonType[]? Type { get; set; }

    /// <summary>Fetches exports that have not changed too.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the files, also those that were up to date.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Process()
    {
        var folder = PathResolver.Literal(this, Destination);
        foreach (var source in Path ?? LiteralPath ?? [Settings.Source ?? throw new KohaPatronException(StorageNotices.NoSource())])
        {
            if (!StorageAddress.Is(source))
                Fail(StorageNotices.NotAnAddress(source));
            var address = StorageAddress.Parse(source);
            var store = Store;
            PipelineQueue.Run((queue, cancel) => SaveAsync(store, address, folder, queue, cancel), Cancel);
        }
    }

    private async Task SaveAsync(CloudStorage store, StorageAddress address, string folder, PipelineQueue queue, CancellationToken cancel)
    {
        var saver = new ExportSaver(store, folder, (export, bytes) => ShowProgress(export, bytes, queue), cancel);
        var exports = await new StoredExports(store, Layouts, notice => queue.Post(() => Tell(notice)))
            .FindAsync(address, Type, export => Force ? null : SavedFrom.GenerationOf(saver.FileOf(export), export), cancel);
        var wanted = exports.Where(export => IsWanted(export, saver, queue)).ToList();
        _progress.Begin(wanted.Sum(export => export.Stored!.Size));
        using var slots = new SemaphoreSlim(MostInFlight);
        await Task.WhenAll(wanted.Select(export => SaveAsync(export.Stored!, saver, slots, queue, cancel)));
    }

    private bool IsWanted(StoredExport export, ExportSaver saver, PipelineQueue queue)
    {
        if (Layouts.TypeOf(export.Address.ToString()) is { } type && Type is not null && !Type.Contains(type))
        {
            queue.Post(() => Tell(WorkdayNotices.OtherType(export.Address.ToString(), type)));
            return false;
        }

        var file = saver.FileOf(export.Address);
        if (export.Stored is not null)
            return queue.Ask(() => ShouldProcess(file, $"Save {export.Address}"));
        queue.Post(() => Give(file, StorageNotices.UpToDate(export.Address, file)));
        return false;
    }

    private async Task SaveAsync(StorageObject stored, ExportSaver saver, SemaphoreSlim slots, PipelineQueue queue, CancellationToken cancel)
    {
        await slots.WaitAsync(cancel);
        try
        {
            await Task.Run(() => saver.SaveAsync(stored), cancel);
            var file = saver.FileOf(stored.Address);
            queue.Post(() => Give(file, StorageNotices.Saved(stored.Address, file)));
        }
        catch (KohaPatronException e)
        {
            queue.Post(() => Tell(e.Notice));
        }
        finally
        {
            slots.Release();
        }
    }

    private void Give(string file, Notice how)
    {
        Tell(how);
        if (PassThru)
            WriteObject(new FileInfo(file));
    }

    private void ShowProgress(StorageAddress export, long bytes, PipelineQueue queue)
    {
        _done[export] = bytes;
        if (_progress.IsDue(_done.Values.Sum()) is { } record)
            queue.Post(() => WriteProgress(record));
    }
}
