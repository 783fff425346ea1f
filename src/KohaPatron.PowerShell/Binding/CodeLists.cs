using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Codes that Koha is asked for on the way.</summary>
internal static class CodeLists
{
    /// <summary>The codes; null where Koha does not tell them, which is told.</summary>
    public static IReadOnlyCollection<string>? Read(Func<CancellationToken, Task<KohaCodeList>> ask, Action<Notice> tell, CancellationToken cancel)
    {
        var list = PipelineQueue.Wait(ask, cancel);
        if (list.NotChecked is { } notice)
            tell(notice);
        return list.All;
    }
}
