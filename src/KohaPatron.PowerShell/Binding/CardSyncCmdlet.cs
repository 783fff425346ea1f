using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What the cmdlets that change card numbers share: the brake, the question per patron, the results and the totals.</summary>
public abstract class CardSyncCmdlet : JournalCmdlet
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(200);

    private readonly SortedDictionary<ProxUpdateStatus, int> _counts = [];
    private readonly System.Diagnostics.Stopwatch _whole = System.Diagnostics.Stopwatch.StartNew();
    private readonly System.Diagnostics.Stopwatch _clock = new();
    private KohaConnection? _connection;
    private int _requestsBefore;
    private TimeSpan _nextProgress = TimeSpan.FromSeconds(2);
    private int _shown;
    private int _toApply;
    private int _beforeApply;

    /// <summary>How many patrons may change; left out: a fifth of the people, and at least 25. More than that, and nothing is written.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumChange { get; set; } = -1;

    /// <summary>The connection; that there is none is said before anything is read.</summary>
    private protected KohaConnection Koha => _connection!;

    /// <summary>What is asked for a line: what is to happen, and the old and new card for whoever may see them.</summary>
    private protected abstract string Action(PatronLine line);

    protected override void Begin()
    {
        _connection = GetConnection();
        _requestsBefore = _connection.Http.Requests;
    }

    /// <summary>Carries out, with a question for each line; nothing is written anywhere under -WhatIf.</summary>
    private protected void Run(Func<SyncRun, CancellationToken, Task> work, KohaPatronSettings settings, int toApply, Action<SyncResult> report)
    {
        var unsaid = new List<Notice>();
        (_toApply, _beforeApply) = (toApply, _counts.Values.Sum());
        _clock.Start();
        try
        {
            PipelineQueue.Run(
                (queue, cancel) =>
                {
                    var terms = new SyncTerms(
                        JournalOf(Koha),
                        new ChangeBrake(MaximumChange >= 0 ? MaximumChange : null),
                        IsWhatIf,
                        line => queue.Ask(() => Ask(line)),
                        result => queue.Post(() => report(result)),
                        Tell: notice => TellOrKeep(queue, notice, unsaid));
                    work(new SyncRun(Koha, settings.Attributes.UniversalId, terms), cancel).GetAwaiter().GetResult();
                },
                Cancel);
        }
        finally
        {
            // A stopped pipeline takes no errors any more; what is wrong in Koha must be said all the same.
            foreach (var notice in unsaid)
                Host.UI.WriteErrorLine(notice.ToString());
        }
    }

    private protected void Report(ProxUpdateResult result)
    {
        _counts.TryGetValue(result.Status, out var count);
        _counts[result.Status] = count + 1;
        TellProgress();
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
        var cost = $"{Number(_whole.Elapsed.TotalSeconds)} s, {Number(Koha.Http.Requests - _requestsBefore)} requests";
        Tell(CardSyncNotices.Summary($"Card numbers  {Number(all)} people: {string.Join(", ", counts)}   {cost}"));
    }

    private void TellOrKeep(PipelineQueue queue, Notice notice, List<Notice> unsaid)
    {
        try
        {
            queue.Post(() => Tell(notice));
        }
        catch (OperationCanceledException)
        {
            unsaid.Add(notice);
        }
    }

    // What is described goes to the verbose stream too, where no card may stand; what is asked goes to the user alone.
    private bool Ask(PatronLine line) => ShouldProcess(Action(line), Action(line) + Cards(line), "Change a card number in Koha?");

    private static string Cards(PatronLine line) =>
        line.Of(PatronFields.CardNumber) is { } card ? $" The card number is {card.Seen ?? "none"} and will be {card.Wanted ?? "none"}." : string.Empty;

    /// <summary>After two seconds, and five times a second at most: Windows PowerShell draws slowly.</summary>
    private void TellProgress()
    {
        var passed = _clock.Elapsed;
        if (_toApply == 0 || passed < _nextProgress)
            return;
        _nextProgress = passed + ProgressPause;
        var applied = Math.Min(_toApply, _counts.Values.Sum() - _beforeApply);
        var rate = applied / passed.TotalSeconds;
        WriteProgress(new ProgressRecord(1, "Card numbers", $"{applied} of {_toApply}, {rate.ToString("0.0", CultureInfo.InvariantCulture)} a second")
        {
            PercentComplete = 100 * applied / _toApply,
            SecondsRemaining = rate > 0 ? (int)((_toApply - applied) / rate) : -1,
        });
    }

    private static ProxUpdateStatus StatusOf(LineEnd end) => end switch
    {
        LineEnd.Updated => ProxUpdateStatus.Updated,
        LineEnd.Unchanged => ProxUpdateStatus.Unchanged,
        LineEnd.Missing => ProxUpdateStatus.Missing,
        LineEnd.Conflict => ProxUpdateStatus.Conflict,
        LineEnd.Skipped => ProxUpdateStatus.Skipped,
        _ => ProxUpdateStatus.Failed,
    };

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(ProxUpdateStatus status) => status switch
    {
        ProxUpdateStatus.NoProxNumber => "without a card",
        ProxUpdateStatus.Failed => "failed",
        _ => status.ToString().ToLowerInvariant(),
    };
}
