using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;

namespace KohaPatron.PowerShell.Sources;

/// <summary>Messages about what was typed: paths and parameters.</summary>
internal static class BindingNotices
{
    public static Notice PathNotFound(string path) => new(
        NoticeLevel.Error, "PathNotFound", $"{path} does not exist.", NoticeCategory.ObjectNotFound, path, "Check the path.");

    public static Notice NotFileSystem(string path) => new(
        NoticeLevel.Error, "PathNotFileSystem", $"{path} is not a path of the file system.", NoticeCategory.InvalidArgument, path, "Name a file or folder.");

    public static Notice NoProxReport() => new(
        NoticeLevel.Error,
        "ProxReportNotNamed",
        "No prox report is named.",
        NoticeCategory.InvalidArgument,
        Action: "Name one with -ProxReport (of Import-ProxReport: -Path), or set \"proxReport\" in the settings.");

    public static Notice ProxReportAndNumbers() => new(
        NoticeLevel.Error,
        "ProxReportAmbiguous",
        "-ProxReport and -ProxNumber were both given.",
        NoticeCategory.InvalidArgument,
        Action: "Give one of them.");

    public static Notice NoProxNumber() => new(
        NoticeLevel.Error,
        "ProxNumberNone",
        "No object of -ProxNumber is a prox number: all card numbers would be universal IDs.",
        NoticeCategory.InvalidArgument,
        Action: "Give what Import-ProxReport gives.");

    public static Notice NotAPerson(object? item) => new(
        NoticeLevel.Error,
        "WorkdayPatronInvalid",
        item is null
            ? "Nothing came down the pipeline where a person was expected ($null)."
            : $"An object of the type {item.GetType().Name} is not a person of a Workday export. It is left out; the others go on.",
        NoticeCategory.InvalidArgument,
        item?.GetType().Name,
        item is null ? "Check the name of the variable." : "Pipe what Get-WorkdayPatron gives.");

    public static Notice NoBaselinePath() => new(
        NoticeLevel.Error, "BaselineNotNamed", "-UpdateBaseline needs a file.", NoticeCategory.InvalidArgument, Action: "Name it with -BaselinePath.");

    public static Notice BadProxNumber() => new(
        NoticeLevel.Error,
        "ProxNumberInvalid",
        "An object of -ProxNumber has no UniversalId and CardNumber (or \"Universal ID\" and \"Prox ID\"). It is left out.",
        NoticeCategory.InvalidArgument,
        Action: "Give what Import-ProxReport gives.");
}
