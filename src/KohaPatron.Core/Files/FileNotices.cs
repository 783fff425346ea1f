using System.Globalization;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Files;

/// <summary>Messages about files of any kind.</summary>
internal static class FileNotices
{
    /// <summary>Which file is read, and when it was written last.</summary>
    public static Notice Reading(string path) => new(NoticeLevel.Verbose, "FileReading", $"Reading {path} (of {Day(File.GetLastWriteTimeUtc(path))})");

    private static string Day(DateTime written) => written.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
