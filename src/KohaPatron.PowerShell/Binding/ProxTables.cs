using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The card numbers that a cmdlet goes by: -ProxNumber, -ProxReport, or the report that the settings name.</summary>
internal static class ProxTables
{
    /// <summary>The table, or null where no report is named.</summary>
    /// <exception cref="KohaPatronException">Both parameters were given, or the report cannot be read.</exception>
    public static ProxTable? Read(PSCmdlet cmdlet, KohaPatronSettings settings, string? report, PSObject[]? numbers, Action<Notice> tell)
    {
        if (numbers is not null && report is not null)
            throw new KohaPatronException(BindingNotices.ProxReportAndNumbers());
        if (numbers is not null)
            return new ProxTable(ProxNumbers.From(numbers, settings.CardNumber, tell));
        var path = report is null ? settings.ProxReport : PathResolver.Literal(cmdlet, report);
        if (path is null)
            return null;
        var bar = new ReadingProgress(cmdlet.WriteProgress);
        var table = new ProxReportReader(ProxReportOptions.From(settings), tell, bar.Show).ReadTable(path);
        bar.End();
        return table;
    }
}
