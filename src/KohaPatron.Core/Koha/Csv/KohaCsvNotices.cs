using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha.Csv;

/// <summary>Every message about writing the import file.</summary>
internal static class KohaCsvNotices
{
    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error,
        "PatronCsvCannotWrite",
        $"{path} cannot be written: {e.Message} Nothing was changed.",
        NoticeCategory.WriteError,
        path,
        "Check the folder, your right to write there, and whether a program has the file open.",
        e);

    public static Notice OverInput(string path) => new(
        NoticeLevel.Error,
        "PatronCsvOverInput",
        $"{path} is what the rows are made of: an export, the prox report or the settings. Nothing was changed.",
        NoticeCategory.InvalidArgument,
        path,
        "Name another file.");

    public static Notice ReadOnly(string path) => new(
        NoticeLevel.Error,
        "PatronCsvReadOnly",
        $"{path} is read-only. Nothing was changed.",
        NoticeCategory.PermissionDenied,
        path,
        "Name another file, or use -Force.");

    public static Notice OtherHeader(string path) => new(
        NoticeLevel.Error,
        "PatronCsvOtherHeader",
        $"{path} has no header line of Koha's import (a column \"surname\"). Nothing was changed.",
        NoticeCategory.InvalidData,
        path,
        "Append only to a file that this cmdlet wrote, or write a new one.");

    public static Notice NoRows(string path) => new(
        NoticeLevel.Error,
        "PatronCsvNoRows",
        $"No row came. {StateOf(path)}",
        NoticeCategory.InvalidData,
        path,
        "Look at the errors before this one. If the file is to be without rows, use -Force.");

    public static Notice Incomplete(string path, IReadOnlyCollection<string> lost) => new(
        NoticeLevel.Error,
        "PatronCsvIncomplete",
        $"{Counted.Clauses(lost)}. {StateOf(path)}",
        NoticeCategory.InvalidData,
        path,
        "Download the export again, or write what there is with -Force.");

    public static Notice NotARow(string type) => new(
        NoticeLevel.Error,
        "PatronCsvNotARow",
        $"An object of the type {type} is not a row of Koha's import. It is left out; the others go on.",
        NoticeCategory.InvalidArgument,
        type,
        "Pipe what ConvertTo-KohaPatronCsv gives, or objects with Koha's column names.");

    public static Notice OtherColumns(string user, IEnumerable<string> columns) => new(
        NoticeLevel.Error,
        "PatronCsvOtherColumns",
        $"{user}: the row has columns that the first row does not have: {string.Join(", ", columns)}. It is left out; the others go on.",
        NoticeCategory.InvalidData,
        user,
        "Give all rows the same columns.");

    /// <summary>What became of a file that was not to be replaced: as far as a reader can check it.</summary>
    private static string StateOf(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? $"{path} is as it was ({Counted.Of(File.ReadLines(path).LongCount(), "line")}, {IsoDay.Of(file.LastWriteTime)})."
            : $"{path} was not made.";
    }

    /// <param name="user">Whose row it is.</param>
    /// <param name="column">The column.</param>
    /// <param name="value">What it held: its place is told, itself is not.</param>
    public static Notice Flattened(string user, string column, string value)
    {
        user = CellText.Flatten(user);
        var place = HiddenLetter.PlaceIn(value);
        var outcome = HiddenLetter.PartsWords(value[place]) ? "became a space" : "was taken out";
        return HiddenLetter.EndsLine(value[place])
            ? new Notice(NoticeLevel.Warning, "LineBreakFlattened", $"{user}: a line break in {column} became a space; Koha reads the file line by line.", Target: user)
            : new Notice(NoticeLevel.Warning, "HiddenCharacter", $"{user}: character {Counted.Number(place + 1)} of {column}, {HiddenLetter.InWords(value[place])}, {outcome}; nobody sees it, and Koha would find nobody by the value as it is typed.", Target: user);
    }
}
