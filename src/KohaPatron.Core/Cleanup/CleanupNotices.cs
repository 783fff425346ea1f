using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Cleanup;

/// <summary>Every message about removing files after a load.</summary>
internal static class CleanupNotices
{
    public static Notice NothingNamed() => new(
        NoticeLevel.Error,
        "CleanupNothingNamed",
        "No file or folder is named, and the settings name none on this machine.",
        NoticeCategory.InvalidArgument,
        Action: "Name them with -Path.");

    public static Notice InCloudStorage(string address) => new(
        NoticeLevel.Error,
        "CleanupInCloudStorage",
        $"{address} is left: this removes files on this machine only.",
        NoticeCategory.InvalidArgument,
        address,
        "Delete it where it is, if that is yours to do.");

    public static Notice NotOfALoad(string path) => new(
        NoticeLevel.Error,
        "CleanupNotOfALoad",
        $"{path} is left: it is no export, prox report or import file.",
        NoticeCategory.InvalidArgument,
        path,
        "If it is to go all the same, use -Force.");

    public static Notice IsALink(string path) => new(
        NoticeLevel.Error,
        "CleanupIsALink",
        $"{path} is left: it is a link to a file elsewhere, which holds the people.",
        NoticeCategory.InvalidArgument,
        path,
        "Name that file.");

    public static Notice CannotRemove(string path, Exception e) => new(
        NoticeLevel.Error,
        "CleanupCannotRemove",
        $"{path} is left: {e.Message}",
        NoticeCategory.WriteError,
        path,
        "Close the program that has it open, or check your right to delete it.",
        e);
}
