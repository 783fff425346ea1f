using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Files;

/// <summary>Messages about files of any kind.</summary>
internal static class FileNotices
{
    /// <summary>Which file is read, and when it was written last.</summary>
    public static Notice Reading(string path) => new(NoticeLevel.Verbose, "FileReading", $"Reading {path} (of {IsoDay.Of(File.GetLastWriteTime(path))})");

    public static Notice NotABaseline(string path, string cmdlet, Exception e) => new(
        NoticeLevel.Error,
        "BaselineInvalid",
        $"{path} is not a baseline that {cmdlet} wrote.",
        NoticeCategory.InvalidData,
        path,
        "Name another file, or delete this one to begin anew.",
        e);

    public static Notice CannotReadBaseline(string path, Exception e) => new(
        NoticeLevel.Error, "BaselineCannotRead", $"{path} cannot be read: {e.Message}", NoticeCategory.ReadError, path, "Check your right to read it.", e);

    public static Notice CannotWriteBaseline(string path, Exception e) => new(
        NoticeLevel.Error, "BaselineCannotWrite", $"{path} cannot be written: {e.Message} It is as it was.", NoticeCategory.WriteError, path, "Check the folder and your right to write there.", e);
}
