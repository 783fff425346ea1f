using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads the card report of TouchNet/OneCard. Rows that cannot be used are warnings with their line; the file is opened
/// read-only and shared, so Excel may have it open.
/// </summary>
[Cmdlet(VerbsData.Import, "ProxReport", DefaultParameterSetName = ByPath)]
[OutputType(typeof(ProxNumber))]
public sealed class ImportProxReportCommand : PathCmdlet
{
    /// <summary>The built-in rules that the settings add to.</summary>
    [Parameter]
    [ValidateSet("2023", "2026")]
    public string? Profile { get; set; }

    private protected override string? ProfileName => Profile;

    protected override void Process()
    {
        var bar = new ReadingProgress(WriteProgress);
        var reader = new ProxReportReader(ProxReportOptions.From(Settings), Tell, bar.Show);
        foreach (var path in NamedPaths(Tell) ?? [Settings.ProxReport ?? throw new KohaPatronException(BindingNotices.NoProxReport())])
            WriteObject(reader.Read(path), enumerateCollection: true);
        bar.End();
    }
}
