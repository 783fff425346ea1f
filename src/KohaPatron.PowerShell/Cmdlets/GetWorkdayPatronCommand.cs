using System.Management.Automation;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads people from Workday exports as a stream, from files or straight from Cloud Storage. A record of the wrong shape is an error of its own, and the next one
/// follows; a file that breaks off gives the people before the break and an error that says so.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WorkdayPatron", DefaultParameterSetName = ByPath)]
[OutputType(typeof(WorkdayStudent), typeof(WorkdayEmployee))]
public sealed class GetWorkdayPatronCommand : ExportCmdlet
{
    /// <summary>Which people; all whose file is there when left out.</summary>
    [Parameter]
    public WorkdayPersonType[]? Type { get; set; }

    protected override void Process()
    {
        foreach (var export in Exports(Type))
            Read(export);
    }

    private void Read(ExportSource source)
    {
        var holds = WorkdayExportFile.TypeOf(source.Name);
        if (holds is { } type && !IsWanted(type))
        {
            Tell(WorkdayNotices.OtherType(source.Name, type));
            return;
        }

        var export = new WorkdayExport(source.Name, holds);
        WriteVerbose($"Reading {source.Name}");
        PipelineQueue.Run((queue, cancel) => Read(source, export, queue, cancel), Cancel);
        WriteVerbose($"{source.Name}: {export.People} people");
    }

    /// <summary>Parses ahead on the worker's thread; the batches are written on the pipeline's.</summary>
    private void Read(ExportSource source, WorkdayExport export, PipelineQueue queue, CancellationToken cancel)
    {
        try
        {
            using var stream = source.Open(cancel);
            foreach (var batch in WorkdayExportReader.Read(stream, export, cancel))
                queue.Post(() => Write(batch, byRecord: export.Type is null));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            queue.Post(() => Tell(WorkdayNotices.CannotOpen(export.Name, e)));
        }
    }

    private void Write(IReadOnlyList<WorkdayItem> batch, bool byRecord)
    {
        foreach (var item in batch)
        {
            if (item.Notice is { } notice)
                Tell(notice);
            else if (!byRecord || IsWanted(item.Person!.Type))
                WriteObject(item.Person!.HasOtherFields ? WithOtherFields(item.Person) : item.Person);
        }
    }

    private bool IsWanted(WorkdayPersonType type) => Type is null || Type.Contains(type);

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
