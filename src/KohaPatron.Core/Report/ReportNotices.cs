using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Report;

/// <summary>Every message about writing a report.</summary>
internal static class ReportNotices
{
    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error,
        "PatronReportCannotWrite",
        $"{path} cannot be written: {e.Message} Nothing was changed.",
        NoticeCategory.WriteError,
        path,
        "Check the folder, your right to write there, and whether a program has the file open.",
        e);
}
