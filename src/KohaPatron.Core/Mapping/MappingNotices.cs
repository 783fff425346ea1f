using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Mapping;

/// <summary>Every message about checking the tables of the settings.</summary>
internal static class MappingNotices
{
    public static Notice NoBaseline(string path) => new(
        NoticeLevel.Warning,
        "MappingBaselineMissing",
        $"{path} does not exist yet: what is new and what is gone cannot be told. Use -UpdateBaseline to begin with this check.",
        Target: path);

    public static Notice BrokenExports(IEnumerable<string> exports) => new(
        NoticeLevel.Warning,
        "MappingExportIncomplete",
        $"{string.Join(", ", exports)}: not read to the end, so what is gone or dead cannot be told. The baseline stays as it is.");

    public static Notice Nobody() => new(
        NoticeLevel.Warning,
        "MappingNobody",
        "Nobody was given: of terms nothing can be told, and the baseline stays as it is. Are the exports empty, or could they not be read?");
}
