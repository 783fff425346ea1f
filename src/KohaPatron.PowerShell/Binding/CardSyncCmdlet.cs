using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What the cmdlets that change card numbers share: the journal's place, the question per patron, the results and the totals.</summary>
public abstract class CardSyncCmdlet : ConnectedCmdlet
{
    private static readonly TimeSpan ProgressPause = TimeSpan.FromMilliseconds(200);

    private readonly SortedDictionary<ProxUpdateStatus, int> _counts = [];
    private readonly System.Diagnostics.Stopwatch _whole = System.Diagnostics.Stopwatch.StartNew();
    private readonly System.Diagnostics.Stopwatch _clock = new();
    private KohaConnection? _connection;
    private int _requestsBefore;
    private TimeSpan _nextProgress = TimeSpan.FromSeconds(2);
    private int _toApply;
    private int _beforeApply;
    private int _applied;

    /// <summary>The file with the record of every write; in the user's own data folder when left out.</summary>
    [Parameter]
    [Alias("Journal")]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    private protected string Journal => JournalPath is not null
        ? PathResolver.Literal(this, JournalPath)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "KohaPatron", "cards.jsonl");

    /// <summary>The connection; that there is none is said before anything is read.</summary>
    private protected KohaConnection Koha => _connection!;

    protected override void Begin()
    {
        _connection = GetConnection();
        _requestsBefore = _connection.Http.Requests;
    }

    /// <summary>Carries changes out, asking for each; nothing is opened or written under -WhatIf.</summary>
    private protected void Apply(IReadOnlyList<ProxChange> changes, KohaPatronSettings settings)
    {
        if (IsWhatIf)
        {
            foreach (var change in changes)
                ShouldProcess(Action(change, withCards: true), string.Empty, string.Empty);
            return;
        }

        if (changes.Count > 0 && !Koha.CanWrite)
            Fail(CardSyncNotices.ReadOnlyKey());
        using var journal = SyncJournal.Hold(Journal, mustExist: false);
        (_toApply, _beforeApply) = (changes.Count, _counts.Values.Sum());
        _clock.Start();
        PipelineQueue.Run((queue, cancel) => Run(changes, settings, journal, queue, cancel).GetAwaiter().GetResult(), Cancel);
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

    /// <summary>The totals; under -WhatIf there may be none.</summary>
    private protected void TellTotals()
    {
        if (_counts.Count == 0)
            return;
        var counts = _counts.Select(each => $"{Number(each.Value)} {Word(each.Key)}");
        var cost = $"{Number(_whole.Elapsed.TotalSeconds)} s, {Number(Koha.Http.Requests - _requestsBefore)} requests";
        Tell(CardSyncNotices.Summary($"Card numbers  {Number(_counts.Values.Sum())} people: {string.Join(", ", counts)}   {cost}"));
    }

    /// <summary>After two seconds, and five times a second at most: Windows PowerShell draws slowly.</summary>
    private void TellProgress()
    {
        var passed = _clock.Elapsed;
        if (_toApply == 0 || passed < _nextProgress)
            return;
        _nextProgress = passed + ProgressPause;
        _applied = Math.Min(_toApply, _counts.Values.Sum() - _beforeApply);
        var rate = _applied / passed.TotalSeconds;
        WriteProgress(new ProgressRecord(1, "Card numbers", $"{_applied} of {_toApply}, {rate.ToString("0.0", CultureInfo.InvariantCulture)} a second")
        {
            PercentComplete = 100 * _applied / _toApply,
            SecondsRemaining = rate > 0 ? (int)((_toApply - _applied) / rate) : -1,
        });
    }

    private async Task Run(IReadOnlyList<ProxChange> changes, KohaPatronSettings settings, SyncJournal journal, PipelineQueue queue, CancellationToken cancel)
    {
        var lookup = new PatronLookup(Koha.Http, settings.Attributes.UniversalId, PatronLookup.DefaultBatchSize);
        var apply = new ProxApply(
            Koha.Http,
            lookup,
            journal,
            // What is described goes to the verbose stream too, where no card may stand; what is asked goes to the user alone.
            change => queue.Ask(() => ShouldProcess(Action(change, withCards: false), Action(change, withCards: true), "Change a card number in Koha?")),
            result => queue.Post(() => Report(result)));
        await apply.SettleAsync(cancel);
        await apply.RunAsync(changes, cancel);
    }

    private static string Action(ProxChange change, bool withCards)
    {
        var cards = withCards ? $" from {change.CardNow ?? "none"} to {change.CardThen ?? "none"}" : string.Empty;
        var names = change.FirstNameThen is null && change.SurnameThen is null ? string.Empty : ", bring the name up to date";
        return $"Change the card number of {change.UserId} (patron {change.PatronId}){cards}{names}, and keep the old number in statistics_2.";
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Word(ProxUpdateStatus status) => status switch
    {
        ProxUpdateStatus.NoProxNumber => "without a card",
        ProxUpdateStatus.Failed => "failed",
        _ => status.ToString().ToLowerInvariant(),
    };
}
