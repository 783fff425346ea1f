using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.ProxReport;

/// <summary>Every message about the prox report. They name lines, never a person or a card.</summary>
internal static class ProxNotices
{
    private const int LongestQuote = 60;

    public static Notice CannotOpen(string path, Exception e) => new(
        NoticeLevel.Error,
        "ProxReportCannotOpen",
        $"The prox report {path} cannot be opened: {e.Message}",
        e is FileNotFoundException or DirectoryNotFoundException ? NoticeCategory.ObjectNotFound : NoticeCategory.ReadError,
        path,
        "Check the path and your right to read it.",
        e);

    public static Notice Empty(string name, string path) => new(
        NoticeLevel.Error,
        "ProxReportNoHeader",
        $"{name} is empty. Expected the columns \"Universal ID\" and \"Prox ID\".",
        NoticeCategory.InvalidData,
        path,
        "Export the report again.");

    public static Notice NoHeader(string name, string path, int line, string found)
    {
        var html = found.TrimStart().StartsWith("<", StringComparison.Ordinal) ? " Was a login page saved instead of the report?" : string.Empty;
        return new(
            NoticeLevel.Error,
            "ProxReportNoHeader",
            $"{name}: no header line found in the first 10 lines. Expected columns \"Universal ID\" and \"Prox ID\"; {WhatStands(line, found)}.{html}",
            NoticeCategory.InvalidData,
            path,
            "Export the report from TouchNet/OneCard as CSV, with its header line.");
    }

    public static Notice ColumnMissing(string name, string path, int line, string column, IEnumerable<string> found) => new(
        NoticeLevel.Error,
        "ProxReportColumnMissing",
        $"{name}, line {line}: the column \"{column}\" is missing. Found: {string.Join(", ", found.Select(each => $"\"{each}\""))}.",
        NoticeCategory.InvalidData,
        path,
        "Export the report with this column.");

    public static Notice RowTooShort(string name, int line, int cells) => Warn(
        "ProxRowTooShort",
        $"{name}, line {line}: the row ends after {cells} of its columns, before the Prox ID. It is left out.",
        line);

    public static Notice NoUniversalId(string name, int line) => Warn(
        "ProxRowNoUniversalId",
        $"{name}, line {line}: a card without a Universal ID. The row is left out.",
        line);

    public static Notice BadProxId(string name, int line, CardNumberOutcome outcome, CardNumberRule rule) => outcome switch
    {
        CardNumberOutcome.NotANumber => Warn("ProxIdNotANumber", $"{name}, line {line}: the Prox ID is not a number. The row is left out.", line),
        CardNumberOutcome.WouldCut => Warn("ProxIdWouldBeCut", $"{name}, line {line}: the Prox ID has more than {rule.LastDigits} digits that count; the card number rule {rule} would cut one. The row is left out.", line),
        _ => Warn("ProxIdTooLong", $"{name}, line {line}: the Prox ID has more than {CardNumberRule.LongestInKoha} digits, Koha's limit. The row is left out.", line),
    };

    public static Notice Inactive(string name, int line, bool used) => Warn(
        "ProxAccountInactive",
        used
            ? $"{name}, line {line}: the account is inactive. Its card is still used (setting \"useInactiveCards\")."
            : $"{name}, line {line}: the account is inactive. Its card is not used (setting \"useInactiveCards\").",
        line);

    public static Notice Repeated(string name, int earlier, int line) => Warn(
        "ProxUniversalIdRepeated",
        $"{name}, line {line}: the same Universal ID as in line {earlier}. The last line counts.",
        line);

    public static Notice SharedCard(string name, int[] lines) => Warn(
        "ProxCardShared",
        $"{name}, lines {string.Join(" and ", lines)}: {lines.Length} people share a card. Koha gives a card to one patron only.",
        lines[0]);

    private static Notice Warn(string code, string text, int line) => new(NoticeLevel.Warning, code, text, Target: line);

    /// <summary>A header or a web page may be quoted; a line that holds digits may be somebody's data and is not.</summary>
    private static string WhatStands(int line, string found)
    {
        if (found.Any(char.IsDigit))
            return $"line {line} reads like a row of data";
        var quote = found.Length > LongestQuote ? found.Substring(0, LongestQuote) + "…" : found;
        return $"line {line} reads \"{quote}\"";
    }
}
