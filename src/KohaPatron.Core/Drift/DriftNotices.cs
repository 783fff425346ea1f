using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;
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

    public static Notice BaselineKept(string path, IReadOnlyList<(string Name, long Before, long Now)> exports, int maximumShrink) => new(
        NoticeLevel.Warning,
        "ExportBaselineKept",
        $"{Shrunk(exports, maximumShrink)} {path} keeps what was there before, so that a load still stops. If that is right, repeat with a higher -MaximumShrink, or with 100 for no limit.",
        Target: path);

    public static Notice Shrank(IReadOnlyList<(string Name, long Before, long Now)> exports, int maximumShrink) => new(
        NoticeLevel.Error,
        "ExportShrank",
        $"{Shrunk(exports, maximumShrink)} Nothing was written.",
        NoticeCategory.LimitsExceeded,
        exports[0].Name,
        "Look at the exports with Test-WorkdayExport. If that is right, repeat with a higher -MaximumShrink, or with 100 for no limit.");

    private static string Shrunk(IReadOnlyList<(string Name, long Before, long Now)> exports, int maximumShrink)
    {
        var each = exports.Select(export => export.Now == 0
            ? $"{export.Name} gave nobody, {Counted.Number(export.Before)} people last time"
            : $"{export.Name} has {Counted.Number(export.Now)} people, {Counted.Number(export.Before)} last time (-{Counted.Number((export.Before - export.Now) * 100 / export.Before)} %)");
        return $"{string.Join("; ", each)}. The limit is {maximumShrink.ToString(CultureInfo.InvariantCulture)} %.";
    }
}
