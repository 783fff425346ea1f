using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday;

/// <summary>Every message about exports.</summary>
internal static class WorkdayNotices
{
    public static Notice BadRecord(WorkdayExport export, long record, long line, RecordFaultException fault)
    {
        var field = string.IsNullOrEmpty(fault.Field) ? "the record" : $"\"{fault.Field}\"";
        return new(
            NoticeLevel.Error,
            "WorkdayRecordInvalid",
            $"{export.ShortName}, record {Counted.Number(record)} (line {Counted.Number(line)}): {field} {fault.Message}.",
            NoticeCategory.InvalidData,
            $"{export.Name}:{line.ToString(CultureInfo.InvariantCulture)}",
            "This person is left out; the others go on. Correct the record in Workday, or in the file, and read it again.",
            fault);
    }

    public static Notice Broken(WorkdayExport export, ExportFaultException fault)
    {
        var file = export.ShortName;
        var soFar = export.People == 0 ? "Nobody was read." : $"{Counted.Of(export.People, "person was", "people were")} read; they are not everybody.";
        var text = fault.Fault switch
        {
            ExportFault.Empty => $"{file} is empty (0 bytes). An export without people reads {{\"Report_Entry\":[]}}.",
            ExportFault.EmptyCsv => $"{file} is empty. A report without people has a line with the names of its columns.",
            ExportFault.NoHeader => $"{file}: none of its first 10 lines names a column that is looked for, such as {string.Join(" or ", Wanted(export))}.",
            ExportFault.Workbook => $"{file} is an Excel workbook, not a CSV. Save it as \"CSV UTF-8\".",
            ExportFault.NotAnExport when export.IsCsv => $"{file} has none of the columns that are looked for, such as {string.Join(" or ", Wanted(export))}.",
            ExportFault.Html => $"{file} is not JSON: it begins with \"<\", as a web page does. Was a login page saved instead of the export?",
            ExportFault.Utf16 => $"{file} is UTF-16 text; an export is UTF-8. It was probably saved again by a program: use the file as Workday wrote it.",
            ExportFault.NoReportEntry => $"{file} is JSON, but not a Workday export: expected {{\"Report_Entry\": [ … ]}} or a list, found {fault.Found}.",
            ExportFault.NotAnExport => $"{file} is JSON, but not an export: its first record has none of an export's fields, such as \"username\" and \"universal_id\".",
            ExportFault.OtherPeople => $"{file} is called like an export of {(export.Type == WorkdayPersonType.Employee ? "employees, but its first record is a student's" : "students, but its first record is an employee's")}. {soFar}",
            ExportFault.EntryNotAList => $"{file}, line {Counted.Number(fault.Line)}: \"Report_Entry\" should be a list, found {fault.Found}.",
            ExportFault.RecordTooLarge => $"{file}, record {Counted.Number(fault.Record)} (line {Counted.Number(fault.Line)}) is larger than 16 MB: this cannot be a person. {soFar}",
            ExportFault.Truncated when fault.InRecords => $"{file} ends in the middle, in record {Counted.Number(fault.Record)} (byte {Counted.Number(fault.Offset)}): the file is incomplete. {soFar}",
            ExportFault.Truncated => $"{file} ends in the middle (byte {Counted.Number(fault.Offset)}): the file is incomplete. {soFar}",
            _ when fault.InRecords => $"{file}, line {Counted.Number(fault.Line)}, in record {Counted.Number(fault.Record)}: not valid JSON. The rest of the file cannot be read: it is incomplete. {soFar}",
            _ => $"{file}, line {Counted.Number(fault.Line)}: not valid JSON. {soFar}",
        };
        return new(
            NoticeLevel.Error,
            fault.Fault switch
            {
                ExportFault.Truncated => "WorkdayExportIncomplete",
                ExportFault.NotJson when fault.InRecords => "WorkdayExportIncomplete",
                _ => "WorkdayExportInvalid",
            },
            text,
            NoticeCategory.ParserError,
            export.Name,
            fault.Fault is ExportFault.NoHeader or ExportFault.NotAnExport && export.IsCsv ? "Say which column is what under \"exports\" in the settings; New-KohaPatronSetting looks at the report and writes a first file."
            : fault.Fault == ExportFault.OtherPeople ? "Check which report was saved under this name."
            : fault.Fault is ExportFault.EntryNotAList or ExportFault.NoReportEntry or ExportFault.NotAnExport ? "Check which report was saved." : "Download it again.",
            fault);
    }

    /// <summary>A column that was looked for, and is not there.</summary>
    public static Notice ColumnMissing(WorkdayExport export, string word, string column, IEnumerable<string> others)
    {
        var nearest = NearestTerm.Of(column, others, most: 1);
        return new(
            NoticeLevel.Warning,
            "WorkdayColumnMissing",
            $"{export.ShortName} has no column \"{column}\" ({word}).{(nearest.Count > 0 ? $" Did you mean \"{nearest[0]}\"?" : string.Empty)}",
            Target: export.Name,
            Action: $"Name the column of \"{word}\" under \"exports\" in the settings.");
    }

    private static IEnumerable<string> Wanted(WorkdayExport export)
    {
        yield return Column("userName", "username");
        yield return Column("universalId", "universal_id");

        string Column(string word, string name) => $"\"{(export.Layouts.Of(export.Type).Fields.TryGetValue(word, out var source) && source.Columns.Count > 0 ? source.Columns[0] : name)}\"";
    }

    /// <summary>What an export lacks, as a clause; null: nothing that is known.</summary>
    public static string? Lack(WorkdayExport export) =>
        export.IsBroken && export.People == 0 && export.Unreadable == 0 ? $"{export.ShortName} could not be read"
        : export.IsBroken ? $"{export.ShortName} broke off after {Counted.Of(export.People, "person", "people")}"
        : export.Unreadable > 0 ? $"{export.ShortName} holds {Counted.Of(export.Unreadable, "record")} that could not be read"
        : null;

    public static Notice ReadFailed(WorkdayExport export, long records, Exception e) => new(
        NoticeLevel.Error,
        "WorkdayExportReadFailed",
        $"{export.ShortName} could not be read past record {Counted.Number(records)}: {e.Message} {Counted.Of(export.People, "person was", "people were")} read; they are not everybody.",
        NoticeCategory.ReadError,
        export.Name,
        "Check the disk or the connection, and read it again.",
        e);

    public static Notice CannotOpen(string path, Exception e) => new(
        NoticeLevel.Error,
        "WorkdayExportCannotOpen",
        e is UnauthorizedAccessException ? $"{path} cannot be opened: access denied." : $"{path} cannot be opened: {e.Message}",
        e is UnauthorizedAccessException ? NoticeCategory.PermissionDenied : NoticeCategory.ReadError,
        path,
        "Check the path and your right to read it.",
        e);

    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error,
        "WorkdayExportCannotWrite",
        $"{path} cannot be written: {e.Message} Nothing was changed.",
        NoticeCategory.WriteError,
        path,
        "Check the folder and your right to write there.",
        e);

    public static Notice Reading(FoundExport export) => new(
        NoticeLevel.Verbose, "WorkdayExportReading", export.Written is { } written ? $"Reading {export.Name} (of {IsoDay.Here(written)})" : $"Reading {export.Name}");

    public static Notice WasRead(WorkdayExport export) => new(NoticeLevel.Verbose, "WorkdayExportRead", $"{export.Name}: {Counted.Number(export.People)} people");

    public static Notice HoldsNobody(WorkdayExport export) => new(
        NoticeLevel.Warning,
        "WorkdayExportHoldsNobody",
        $"{export.ShortName} is an export of nobody.",
        Target: export.Name,
        Action: "Export it again if there should be people in it.");

    public static Notice IsOld(FoundExport export, DateTimeOffset written, int days) => new(
        NoticeLevel.Warning,
        "WorkdayExportOld",
        $"{export.ShortName} is of {IsoDay.Here(written)}, more than {Counted.Of(days, "day")} ago.",
        Target: export.Name,
        Action: "Download it again; or say with -MaximumAge, or \"maximumAge\" in the settings, how old it may be.");

    public static Notice SiblingMissing(string folder, WorkdayPersonType type, string name) => new(
        NoticeLevel.Warning,
        "WorkdayExportSiblingMissing",
        $"There is no {name} in {folder}: the people in it are not in this run.",
        Target: folder,
        Action: "Say with -Type whom you want if that is right.");

    public static Notice Downloading(string path) => new(
        NoticeLevel.Warning,
        "WorkdayExportDownloading",
        $"{path} is a download that has not ended.",
        Target: path,
        Action: "Wait for it, or download the export again.");

    public static Notice NoExports(string folder, IEnumerable<string> names) => new(
        NoticeLevel.Error,
        "WorkdayExportNotFound",
        $"No Workday export in {folder}: expected {string.Join(", ", names)}.",
        NoticeCategory.ObjectNotFound,
        folder,
        "Name the folder or the file with -Path, or set \"source\" in the settings.");

    public static Notice ExportMissing(string folder, WorkdayPersonType type, string name) => new(
        NoticeLevel.Error,
        "WorkdayExportNotFound",
        $"No {name} in {folder}, which -Type {type} asks for.",
        NoticeCategory.ObjectNotFound,
        folder,
        "Name the file with -Path.");

    public static Notice OtherType(string path, WorkdayPersonType holds) => new(
        NoticeLevel.Warning,
        "WorkdayExportOtherType",
        $"{path} holds people of the type {holds}, which -Type does not ask for: it is not read.",
        Target: path);
}
