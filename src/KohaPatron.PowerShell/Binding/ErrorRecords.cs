using System.Management.Automation;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The only place that makes error records.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Notice notice) => new(
        notice.Cause ?? new KohaPatronException(notice),
        notice.Code,
        CategoryOf(notice.Category),
        notice.Target)
    {
        // What to do stands in the message: Windows PowerShell shows no RecommendedAction, and PowerShell 7 would say it twice.
        ErrorDetails = new ErrorDetails(notice.ToString()),
    };

    private static ErrorCategory CategoryOf(NoticeCategory category) =>
        Enum.TryParse<ErrorCategory>(category.ToString(), out var same) ? same : ErrorCategory.InvalidOperation;
}
