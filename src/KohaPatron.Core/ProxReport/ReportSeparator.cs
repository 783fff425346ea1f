namespace KohaPatron.Core.ProxReport;

/// <summary>What stands between the cells: a comma, or what Excel writes in other countries and into text files.</summary>
internal static class ReportSeparator
{
    private static readonly char[] Known = [',', ';', '\t'];

    /// <summary>The separator at which the line that names the columns falls into cells; a comma where there is no such line.</summary>
    public static char Of(string head) =>
        Known.FirstOrDefault(separator => head.Split(separator, '\n').Any(IsColumn)) is var found and not '\0' ? found : ',';

    private static bool IsColumn(string cell) => string.Equals(cell.Trim(' ', '"', '\r', '\uFEFF'), "Universal ID", StringComparison.OrdinalIgnoreCase);
}
