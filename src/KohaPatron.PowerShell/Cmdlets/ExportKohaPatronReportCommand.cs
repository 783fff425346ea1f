using System.Management.Automation;
using KohaPatron.Core.Report;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Makes one HTML page of what a run emitted: rows, people left out, gaps in the tables, problems of the import file, and
/// any other objects. The page stands alone; of people it shows the user id, not names, cards or ways to reach them.
/// </summary>
[Cmdlet(VerbsData.Export, "KohaPatronReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportKohaPatronReportCommand : KohaPatronCmdlet
{
    private PatronReport? _report;
    private string _path = string.Empty;

    /// <summary>What the module's cmdlets emit, in any mixture.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The page to write; an existing one is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>The heading of the page.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "Patron load";

    /// <summary>Gives the file that was written.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void Begin()
    {
        _path = PathResolver.Literal(this, Path);
        _report = new PatronReport(Title, TimeProvider.System.GetLocalNow());
    }

    protected override void Process()
    {
        if (InputObject is not null)
            _report!.Add(ReportValues.TypeOf(InputObject), [.. ReportValues.Of(InputObject)]);
    }

    protected override void Complete()
    {
        if (!ShouldProcess(_path, "Write the report"))
            return;
        _report!.Write(_path);
        if (PassThru)
            WriteObject(new FileInfo(_path));
    }
}
