using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

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

    public static Notice Workbook(string name, string path) => Spoiled(
        "ProxReportIsWorkbook",
        $"{name} is an Excel workbook, whatever its name says; the report is text.",
        path,
        "Export the report from TouchNet/OneCard as CSV.");

    public static Notice NoRows(string name, string path) => Spoiled(
        "ProxReportNoRows",
        $"{name} has a header line and no row under it.",
        path,
        "Export the report again.");

    public static Notice BrokeOff(string name, string path, int line) => Spoiled(
        "ProxReportBrokeOff",
        $"{name} ends in the middle of line {Counted.Number(line)}: the report is not whole.",
        path,
        "Export the report again.");

    public static Notice Rewritten(string name, string path, int rewritten, int rows) => Spoiled(
        "ProxReportRewritten",
        $"{name}: {Counted.Number(rewritten)} of {Counted.Of(rows, "row")} have numbers like 1.0000E+06: Excel has rewritten them.",
        path,
        "Save the report from TouchNet again, without opening it in Excel.");

    public static Notice FewCards(string name, string path, int cards, int empty, int rows) => Spoiled(
        "ProxReportFewCards",
        $"{name}: {(cards == 0 ? "none" : $"only {Counted.Number(cards)}")} of {Counted.Of(rows, "row")} {(cards == 1 ? "has" : "have")} a card that can be used ({Counted.Number(empty)} with an empty Prox ID, {Counted.Number(rows - cards - empty)} with something else in it).",
        path,
        "Check which report was exported, and whether \"Prox ID\" heads the right column.");

    public static Notice SamePerson(string name, string path, int repeated, int rows) => Spoiled(
        "ProxReportSamePerson",
        $"{name}: {Counted.Number(repeated)} of {Counted.Of(rows, "row")} have the universal ID of an earlier row.",
        path,
        "Save the report from TouchNet again: a program has probably filled the column.");

    public static Notice IsOld(string path, DateTimeOffset written, int days) => new(
        NoticeLevel.Warning,
        "ProxReportOld",
        $"{Path.GetFileName(path)} is of {IsoDay.Here(written)}, more than {Counted.Of(days, "day")} ago.",
        Target: path,
        Action: "Export it again; or say with \"maximumAge\" in the settings how old it may be.");

    public static Notice RowPerhapsCut(string name, int line) => Warn(
        "ProxRowPerhapsCut",
        $"{name}, line {line}: the file ends in this row's number without a line break, and others are longer: some of it may be missing. The row is left out.",
        line);

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

    private static Notice Spoiled(string code, string text, string path, string action) =>
        new(NoticeLevel.Error, code, text, NoticeCategory.InvalidData, path, action);

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
