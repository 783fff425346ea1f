using System.Globalization;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync;

/// <summary>
/// Carries a plan out. For each step: read the patron again, and leave it alone if it is not as planned; put the intent on
/// disk; write; see that Koha's answer has the number; put the outcome on disk. Whatever cannot be known from the answer is
/// settled by reading.
/// </summary>
/// <param name="http">Koha.</param>
/// <param name="lookup">Reads patrons.</param>
/// <param name="journal">The record of the writes.</param>
/// <param name="confirm">Asks whether a change is to be made.</param>
/// <param name="report">Told what became of each change, as it happens.</param>
internal sealed class ProxApply(KohaHttp http, PatronLookup lookup, SyncJournal journal, Func<ProxChange, bool> confirm, Action<ProxUpdateResult> report)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly HashSet<int> _unsettled = [];

    /// <summary>Asks Koha how the writes ended that an earlier run did not see the end of.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        foreach (var line in journal.Open)
        {
            var end = await LookAsync(line.PatronId, line.Before, line.After, cancel);
            journal.Close(line, line.Step, end);
            if (end == JournalEvent.Unknown)
                _unsettled.Add(line.PatronId);
        }
    }

    /// <summary>Makes the changes, in an order in which no card collides.</summary>
    public async Task RunAsync(IEnumerable<ProxChange> changes, CancellationToken cancel)
    {
        foreach (var round in ProxOrder.Rounds(changes))
        {
            cancel.ThrowIfCancellationRequested();
            await RunAsync(round, cancel);
        }
    }

    private async Task RunAsync(ProxRound round, CancellationToken cancel)
    {
        var people = round.Steps.Select(step => step.Change).Distinct().ToList();
        var wanted = people.Where(change => confirm(change)).ToList();
        // A circle without one of its members cannot close.
        if (round.IsCircle && wanted.Count < people.Count)
            wanted.Clear();
        foreach (var change in people.Except(wanted))
            Report(change, ProxUpdateStatus.Skipped, null);

        var done = new List<ProxStep>();
        foreach (var step in round.Steps.Where(step => wanted.Contains(step.Change)))
        {
            var result = await StepAsync(step, cancel);
            if (result.Status == ProxUpdateStatus.Updated)
            {
                done.Add(step);
                if (!round.IsCircle)
                    report(result);
                continue;
            }

            report(result);
            if (!round.IsCircle)
                continue;
            await PutBackAsync(step, done, people);
            return;
        }

        // Of a circle nobody is told before it has closed.
        if (round.IsCircle)
        {
            foreach (var change in wanted)
                Report(change, ProxUpdateStatus.Updated, null);
        }
    }

    /// <summary>A circle that cannot close leaves somebody with a temporary number: what was done of it is taken back.</summary>
    private async Task PutBackAsync(ProxStep failed, List<ProxStep> done, List<ProxChange> people)
    {
        foreach (var step in Enumerable.Reverse(done))
        {
            var write = journal.Lines.FindLast(line => line.PatronId == step.Change.PatronId && Same(line.After, step.After));
            // Not to be called off: a card is out of place.
            var result = await StepAsync(new ProxStep(step.Change, step.After, step.Before) { TakesBack = write }, CancellationToken.None);
            if (result.Status != ProxUpdateStatus.Updated)
                report(result with { Status = ProxUpdateStatus.Failed, Message = $"the card could not be put back after a swap failed: {result.Message}" });
        }

        foreach (var change in people.Where(change => change != failed.Change))
            Report(change, ProxUpdateStatus.Conflict, $"put back as it was: the swap with {failed.Change.UserId} could not be made");
    }

    private async Task<ProxUpdateResult> StepAsync(ProxStep step, CancellationToken cancel)
    {
        var id = step.Change.PatronId!.Value;
        if (_unsettled.Contains(id))
            return Result(step.Change, ProxUpdateStatus.Failed, "an earlier write has not been settled; it is left alone in this run");
        try
        {
            if (await lookup.GetAsync(id, cancel) is not { } fresh)
                return Result(step.Change, ProxUpdateStatus.Missing, "the patron is gone");
            if (fresh.IsBlanked || string.IsNullOrEmpty(fresh.Surname) || fresh.LibraryId is null || fresh.CategoryId is null)
                return Result(step.Change, ProxUpdateStatus.Conflict, "Koha hides this record's values; writing would blank them");
            if (!Same(fresh.CardNumber, step.Before))
            {
                return Same(fresh.CardNumber, step.After) && step.Change is { FirstNameThen: null, SurnameThen: null }
                    ? Result(step.Change, ProxUpdateStatus.Unchanged, "it had the new card already")
                    : Result(step.Change, ProxUpdateStatus.Conflict, "the card was changed in Koha since the plan");
            }

            return await WriteAsync(step, fresh, cancel);
        }
        catch (KohaPatronException e) when (e.Notice.Category is not (NoticeCategory.PermissionDenied or NoticeCategory.AuthenticationError))
        {
            return Result(step.Change, ProxUpdateStatus.Failed, e.Notice.Text);
        }
    }

    private async Task<ProxUpdateResult> WriteAsync(ProxStep step, Patron fresh, CancellationToken cancel)
    {
        var line = new JournalLine(JournalEvent.Intent, default, 0, fresh.PatronId, step.Change.UserId, fresh.CardNumber, step.After, fresh.Statistics2);
        var number = journal.Intend(line);
        var (end, refusal) = await PutAsync(step, fresh, cancel);
        journal.Close(line, number, end);
        return end switch
        {
            JournalEvent.Done => Result(step.Change, ProxUpdateStatus.Updated, null),
            JournalEvent.NotDone when refusal?.Category is NoticeCategory.PermissionDenied or NoticeCategory.AuthenticationError => throw new KohaPatronException(refusal),
            JournalEvent.NotDone when refusal?.Code == "KohaConflict" => Result(step.Change, ProxUpdateStatus.Conflict, "the new card belongs to somebody else"),
            JournalEvent.NotDone => Result(step.Change, ProxUpdateStatus.Failed, refusal?.Text ?? "Koha did not take the new card"),
            _ => Result(step.Change, ProxUpdateStatus.Failed, "nobody knows whether the write arrived; the next run with this journal asks Koha"),
        };
    }

    private async Task<(JournalEvent End, Notice? Refusal)> PutAsync(ProxStep step, Patron fresh, CancellationToken cancel)
    {
        var path = $"/patrons/{fresh.PatronId.ToString(CultureInfo.InvariantCulture)}";
        // The write has been announced and its end must be known: a stop gives it a moment more.
        using var grace = new CancellationTokenSource();
        using var stop = cancel.Register(() => grace.CancelAfter(Grace));
        Notice? refusal;
        try
        {
            var answer = await http.SendAsync(new KohaRequest(HttpMethod.Put, path, PatronWrite.Body(fresh, step)), grace.Token);
            if (answer is { IsSuccess: true, Json: { ValueKind: System.Text.Json.JsonValueKind.Object } json } && Same(Patron.From(json).CardNumber, step.After))
                return (JournalEvent.Done, null);
            refusal = answer.IsSuccess ? null : http.Refusal(answer);
            if (answer.Status is 400 or 401 or 403 or 404 or 409 or 429)
                return (JournalEvent.NotDone, refusal);
        }
        catch (KohaPatronException e)
        {
            refusal = e.Notice;
        }
        catch (OperationCanceledException)
        {
            return (JournalEvent.Unknown, null);
        }

        // A lost, odd or server-side answer says nothing about what happened: the record does.
        var end = await LookAsync(fresh.PatronId, fresh.CardNumber, step.After, CancellationToken.None);
        // What timed out may still be on its way.
        return (end == JournalEvent.NotDone && refusal?.Code == "KohaTimedOut" ? JournalEvent.Unknown : end, refusal);
    }

    private async Task<JournalEvent> LookAsync(int patronId, string? before, string? after, CancellationToken cancel)
    {
        try
        {
            var patron = await lookup.GetAsync(patronId, cancel);
            // Somebody may have given the patron a third number meanwhile: then ours is not there either.
            return patron is not null && Same(patron.CardNumber, after) && !Same(before, after) ? JournalEvent.Done : JournalEvent.NotDone;
        }
        catch (KohaPatronException)
        {
            return JournalEvent.Unknown;
        }
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.Ordinal);

    private void Report(ProxChange change, ProxUpdateStatus status, string? message) => report(Result(change, status, message));

    private static ProxUpdateResult Result(ProxChange change, ProxUpdateStatus status, string? message) => new(status, change.UserId, change.PatronId, message);
}
