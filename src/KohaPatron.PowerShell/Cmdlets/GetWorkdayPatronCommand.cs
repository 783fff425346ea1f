using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads people from Workday exports as a stream, from files or straight from Cloud Storage. A record of the wrong shape is an error of its own, and the next one
/// follows; a file that breaks off gives the people before the break and an error that says so.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WorkdayPatron", DefaultParameterSetName = ByPath)]
[OutputType(typeof(WorkdayStudent), typeof(WorkdayEmployee))]
public sealed class GetWorkdayPatronCommand : StorageCmdlet
{
    private InputGaps? _gaps;

    /// <summary>Which people; all whose file is there when left out.</summary>
    [Parameter]
    public WorkdayPersonType[]? Type { get; set; }

    /// <summary>How many days old an export may be before it is a warning. Left out: the settings' "maximumAge".</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaximumAge { get; set; }

    protected override void Begin() => _gaps = Readings.Mine.Begin();

    protected override void Process()
    {
        var paths = ExportPaths(TellLost);
        var exports = ExportsAt(paths, _gaps!, MaximumAge > 0 ? MaximumAge : Settings.MaximumAge);
        // Parsed ahead on the worker's thread; the batches are written on the pipeline's.
        PipelineQueue.Run(
            (queue, cancel) =>
            {
                foreach (var batch in exports.Read(paths, Type, cancel))
                    queue.Post(() => Write(batch));
            },
            Cancel);
    }

    private void TellLost(Notice notice)
    {
        _gaps!.AddLost($"{notice.Target} could not be read");
        Tell(notice);
    }

    private void Write(IReadOnlyList<WorkdayItem> batch)
    {
        foreach (var item in batch)
        {
            if (item.Notice is { } notice)
                Tell(notice);
            else
                WriteObject(item.Person!.HasOtherFields ? WithOtherFields(item.Person) : item.Person);
        }
    }

    /// <summary>Fields that the module does not know are properties too, under the export's own names.</summary>
    private static PSObject WithOtherFields(WorkdayPerson person)
    {
        var shown = new PSObject(person);
        foreach (var field in OtherFieldValues.Of(person))
        {
            var name = field.Key;
            while (name.Length == 0 || shown.Properties[name] is not null)
                name = "Workday_" + name;
            shown.Properties.Add(new PSNoteProperty(name, field.Value), preValidated: true);
        }

        return shown;
    }
}
