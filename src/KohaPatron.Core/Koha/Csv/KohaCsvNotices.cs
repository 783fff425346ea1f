using KohaPatron.Core.Notices;

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
        $"No row came. {path} is as it was.",
        NoticeCategory.InvalidData,
        path,
        "Look at the errors before this one. If the file is to be without rows, use -Force.");

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

    public static Notice Flattened(string user, string column) => new(
        NoticeLevel.Warning,
        "LineBreakFlattened",
        $"{user}: a line break in {column} became a space; Koha reads the file line by line.",
        Target: user);
}
