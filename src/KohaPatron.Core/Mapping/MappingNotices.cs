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

    public static Notice NotABaseline(string path, Exception e) => new(
        NoticeLevel.Error,
        "MappingBaselineInvalid",
        $"{path} is not a list of terms that Test-KohaMajorMapping wrote.",
        NoticeCategory.InvalidData,
        path,
        "Name another file, or delete this one to begin anew.",
        e);

    public static Notice CannotRead(string path, Exception e) => new(
        NoticeLevel.Error, "MappingBaselineCannotRead", $"{path} cannot be read: {e.Message}", NoticeCategory.ReadError, path, "Check your right to read it.", e);

    public static Notice CannotWrite(string path, Exception e) => new(
        NoticeLevel.Error, "MappingBaselineCannotWrite", $"{path} cannot be written: {e.Message} It is as it was.", NoticeCategory.WriteError, path, "Check the folder and your right to write there.", e);
}
