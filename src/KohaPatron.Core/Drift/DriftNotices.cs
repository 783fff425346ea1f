using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Drift;

/// <summary>Every message about exports that are not what they were.</summary>
internal static class DriftNotices
{
    public static Notice NoBaseline(string path, string action) => new(
        NoticeLevel.Warning,
        "ExportBaselineMissing",
        $"{path} does not exist yet: there is nothing to compare the exports with. {action}",
        Target: path);

    public static Notice NotABaseline(string path, Exception e) => new(
        NoticeLevel.Error,
        "ExportBaselineInvalid",
        $"{path} is not a baseline that Test-WorkdayExport wrote.",
        NoticeCategory.InvalidData,
        path,
        "Name another file, or delete this one to begin anew.",
        e);

    public static Notice CannotRead(string path, Exception e) => new(
        NoticeLevel.Error, "ExportBaselineCannotRead", $"{path} cannot be read: {e.Message}", NoticeCategory.ReadError, path, "Check your right to read it.", e);

    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error, "ExportBaselineCannotWrite", $"{path} cannot be written: {e.Message} It is as it was.", NoticeCategory.WriteError, path, "Check the folder and your right to write there.", e);

    public static Notice Shrank(IReadOnlyList<(string Name, long Before, long Now)> exports, int maximumShrink)
    {
        var each = exports.Select(export => export.Now == 0
            ? $"{export.Name} gave nobody, {N(export.Before)} people last time"
            : $"{export.Name} has {N(export.Now)} people, {N(export.Before)} last time (-{N((export.Before - export.Now) * 100 / export.Before)} %)");
        return new(
            NoticeLevel.Error,
            "ExportShrank",
            $"{string.Join("; ", each)}. The limit is {maximumShrink.ToString(CultureInfo.InvariantCulture)} %. No file was written.",
            NoticeCategory.LimitsExceeded,
            exports[0].Name,
            "Look at the exports with Test-WorkdayExport. If that is right, repeat with a higher -MaximumShrink, or with 100 for no limit.");
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
