using System.Management.Automation;
using KohaPatron.Core.Drift;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Tells how exports differ from what they were: fields that appeared, vanished, changed type or turned mostly blank, and
/// far fewer people. The baseline holds numbers and field names, nothing of anybody.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "WorkdayExport", DefaultParameterSetName = ByPath, SupportsShouldProcess = true)]
[OutputType(typeof(WorkdayExportChange))]
[OutputType(typeof(bool))]
public sealed class TestWorkdayExportCommand : StorageCmdlet
{
    private readonly Dictionary<string, ExportShape> _now = new(StringComparer.Ordinal);
    private string _baselinePath = string.Empty;
    private bool _broken;
    private ExportReading? _reading;

    /// <summary>The file that keeps what the exports looked like at the last check.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string BaselinePath { get; set; } = string.Empty;

    /// <summary>Writes what the exports look like now to the baseline; exports that are not given, or that shrank too far, stay in it as they are.</summary>
    [Parameter]
    public SwitchParameter UpdateBaseline { get; set; }

    /// <summary>By how many per cent the number of people of an export may go down.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumShrink { get; set; } = ExportDrift.UsualShrink;

    /// <summary>Gives $true where nothing differs, else $false, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Begin()
    {
        _baselinePath = PathResolver.Literal(this, BaselinePath);
        _reading = new ExportReading(Layouts, Settings.MaximumAge, TellFault, WriteProgress);
    }

    protected override void Process()
    {
        var paths = ExportPaths(TellFault);
        var bar = new ReadingProgress(WriteProgress);
        var exports = _reading!.In(StoreFor(paths), bar.Show);
        foreach (var export in paths.SelectMany(path => exports.Find(path, types: null, TellFault, Cancel)))
            Read(export, exports);
        bar.End();
    }

    protected override void Complete()
    {
        var before = ExportBaseline.Read(_baselinePath);
        if (before is null && !UpdateBaseline)
            Tell(DriftNotices.NoBaseline(_baselinePath, "Use -UpdateBaseline to begin with these."));
        if (before is not null)
            Tell(FileNotices.Reading(_baselinePath));
        var changes = Changes(before ?? new Dictionary<string, ExportShape>()).ToList();
        if (Quiet)
            WriteObject(changes.Count == 0 && !_broken);
        else
            WriteObject(changes, enumerateCollection: true);
        if (UpdateBaseline && !_broken)
            Update(before ?? new Dictionary<string, ExportShape>());
    }

    private void Read(FoundExport export, WorkdayExports exports)
    {
        try
        {
            using var stream = exports.Open(export, TellFault, Cancel);
            if (stream is null)
                return;
            var shape = ExportShapeReader.Read(stream, exports.Describe(export), Cancel);
            if (_now.TryGetValue(ExportBaseline.KeyOf(export.Name), out var same))
                same.Add(shape);
            else
                _now.Add(ExportBaseline.KeyOf(export.Name), shape);
        }
        catch (KohaPatronException e)
        {
            TellFault(e.Notice);
        }
    }

    private IEnumerable<WorkdayExportChange> Changes(IReadOnlyDictionary<string, ExportShape> before)
    {
        foreach (var export in before)
        {
            if (_now.TryGetValue(export.Key, out var now))
                foreach (var change in ExportDrift.Between(export.Key, export.Value, now, MaximumShrink))
                    yield return change;
            else if (!_broken)
                yield return new WorkdayExportChange(export.Key, WorkdayExportChangeKind.ExportMissing, null, $"{export.Value.People} people", null);
        }
    }

    /// <summary>Exports that were not given stay in the baseline, and so do those that shrank: what may be an accident is nothing to hold the next load against.</summary>
    private void Update(IReadOnlyDictionary<string, ExportShape> before)
    {
        var kept = new Dictionary<string, ExportShape>(_now, StringComparer.Ordinal);
        var shrunk = new List<(string Name, long Before, long Now)>();
        foreach (var export in before)
        {
            if (_now.TryGetValue(export.Key, out var now) && !ExportDrift.Shrank(export.Value.People, now.People, MaximumShrink))
                continue;
            kept[export.Key] = export.Value;
            if (now is not null)
                shrunk.Add((export.Key, export.Value.People, now.People));
        }

        if (shrunk.Count > 0)
            Tell(DriftNotices.BaselineKept(_baselinePath, shrunk, MaximumShrink));
        if (ShouldProcess(_baselinePath, "Keep what the exports look like"))
            ExportBaseline.Write(_baselinePath, kept);
    }

    /// <summary>What could not be read is neither the same nor a new beginning.</summary>
    private void TellFault(Notice notice)
    {
        _broken |= notice.Level == NoticeLevel.Error;
        Tell(notice);
    }
}
