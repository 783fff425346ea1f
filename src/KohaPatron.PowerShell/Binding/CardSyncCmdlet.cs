using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What the cmdlets that change card numbers share: the question per patron, the results and the totals.</summary>
public abstract class CardSyncCmdlet : SyncCmdlet
{
    private readonly SortedDictionary<ProxUpdateStatus, int> _counts = [];
    private int _shown;

    private protected override string Activity => "Card numbers";

    // What is described goes to the verbose stream too, where no card may stand; what is asked goes to the user alone.
    private protected override bool Ask(PatronLine line) => ShouldProcess(Action(line), Action(line) + Cards(line), "Change a card number in Koha?");

    private protected void Report(ProxUpdateResult result)
    {
        _counts.TryGetValue(result.Status, out var count);
        _counts[result.Status] = count + 1;
        if (result.Status == ProxUpdateStatus.Failed)
            Tell(CardSyncNotices.Failed(result.UserId, result.Message ?? "not written"));
        WriteObject(result);
    }

    /// <summary>The result of a line that was carried out; what was only shown is counted, and is no result.</summary>
    private protected ProxUpdateResult? ResultOf(SyncResult result)
    {
        if (result.End == LineEnd.Planned)
        {
            _shown++;
            return null;
        }

        return new ProxUpdateResult(StatusOf(result.End), result.Line.UserId, result.Line.PatronId, result.Message);
    }

    /// <summary>The totals, where there was anything to count.</summary>
    private protected void TellTotals()
    {
        var all = _counts.Values.Sum() + _shown;
        if (all == 0)
            return;
        var counts = _counts.Select(each => $"{Number(each.Value)} {Word(each.Key)}");
        if (_shown > 0)
            counts = counts.Prepend($"{Number(_shown)} would change");
        Tell(CardSyncNotices.Summary($"Card numbers  {Number(all)} people: {string.Join(", ", counts)}   {Cost}"));
    }

    private static string Cards(PatronLine line) =>
        line.Of(PatronFields.CardNumber) is { } card ? $" The card number is {card.Seen ?? "none"} and will be {card.Wanted ?? "none"}." : string.Empty;

    private static ProxUpdateStatus StatusOf(LineEnd end) => end switch
    {
        LineEnd.Updated => ProxUpdateStatus.Updated,
        LineEnd.Unchanged => ProxUpdateStatus.Unchanged,
        LineEnd.Missing => ProxUpdateStatus.Missing,
        LineEnd.Conflict => ProxUpdateStatus.Conflict,
        LineEnd.Skipped => ProxUpdateStatus.Skipped,
        _ => ProxUpdateStatus.Failed,
    };

    private static string Word(ProxUpdateStatus status) => status switch
    {
        ProxUpdateStatus.NoProxNumber => "without a card",
        ProxUpdateStatus.Failed => "failed",
        _ => status.ToString().ToLowerInvariant(),
    };
}
