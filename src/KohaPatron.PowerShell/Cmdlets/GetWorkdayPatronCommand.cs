using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads people from Workday exports as a stream. A record of the wrong shape is an error of its own, and the next one
/// follows; a file that breaks off gives the people before the break and an error that says so.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WorkdayPatron", DefaultParameterSetName = ByPath)]
[OutputType(typeof(WorkdayStudent), typeof(WorkdayEmployee))]
public sealed class GetWorkdayPatronCommand : KohaPatronCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    /// <summary>Which people; all whose file is there when left out.</summary>
    [Parameter]
    public WorkdayPersonType[]? Type { get; set; }

    /// <summary>Export files, or folders that hold them under Workday's names; wildcards are expanded.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>Export files or folders, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The settings file, whose "source" is read when no path is given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    protected override void Process()
    {
        foreach (var path in Paths())
        {
            if (Directory.Exists(path))
                ReadFolder(path);
            else
                ReadFile(path, WorkdayExportFile.TypeOf(path));
        }
    }

    private IEnumerable<string> Paths()
    {
        if (LiteralPath is not null)
            return LiteralPath.Select(path => PathResolver.Literal(this, path));
        if (Path is not null)
            return Path.SelectMany(path => PathResolver.Resolve(this, path, Tell));
        return [SettingsSource.Load(this, SettingsPath, profile: null).Source ?? SessionState.Path.CurrentFileSystemLocation.ProviderPath];
    }

    private void ReadFolder(string folder)
    {
        var found = false;
        foreach (var type in WorkdayExportFile.All.Where(IsWanted))
        {
            var file = System.IO.Path.Combine(folder, WorkdayExportFile.NameOf(type));
            if (File.Exists(file))
                ReadFile(file, type);
            else if (Type is not null)
                Tell(WorkdayNotices.ExportMissing(folder, type));
            else
                continue;
            found = true;
        }

        if (!found)
            Tell(WorkdayNotices.NoExports(folder));
    }

    private void ReadFile(string path, WorkdayPersonType? holds)
    {
        if (holds is { } type && !IsWanted(type))
        {
            Tell(WorkdayNotices.OtherType(path, type));
            return;
        }

        var export = new WorkdayExport(path, holds);
        WriteVerbose($"Reading {path}");
        PipelineQueue.Run((queue, cancel) => Read(export, queue, cancel), Cancel);
        WriteVerbose($"{path}: {export.People} people");
    }

    /// <summary>Parses ahead on the worker's thread; the batches are written on the pipeline's.</summary>
    private void Read(WorkdayExport export, PipelineQueue queue, CancellationToken cancel)
    {
        try
        {
            using var stream = new FileStream(export.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
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
