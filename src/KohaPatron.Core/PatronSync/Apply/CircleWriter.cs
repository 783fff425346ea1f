using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Writes a circle of cards: one patron is parked with a temporary number, the others take what is free, and the parked one
/// comes last. Either all of it is done or none of it stays, whatever stops it.
/// </summary>
internal sealed class CircleWriter(PatronWriter writer, Action<Notice> tell)
{
    // After Ctrl+C a card that is out of place may take so long to be put back, and no longer.
    private static readonly TimeSpan LongestRescue = TimeSpan.FromSeconds(10);

    /// <summary>The line that failed and how, with those whose card could not be put back; null: all of it is done.</summary>
    public async Task<CircleFailure?> WriteAsync(WriteGroup circle, CancellationToken cancel)
    {
        var done = new List<JournalLine>();
        try
        {
            var parked = circle.Lines[circle.Lines.Count - 1];
            var card = parked.Of(PatronFields.CardNumber)!;
            var parking = Parking(parked, card);
            var steps = circle.Lines.Select(line => line == parked ? FromTemporary(line, parking) : PatronStep.OfRecord(line));
            // The first step names the circle; a run that was killed may have named it.
            long? name = 0;
            foreach (var (line, step) in circle.Lines.Zip(steps, (line, step) => (line, step)).Prepend((parked, parking)))
            {
                var result = await writer.WriteAsync(step with { Circle = name }, cancel);
                name = result.Sent?.Circle ?? (name == 0 ? writer.CircleOf(parked.PatronId!.Value) ?? 0 : name);
                if (result.Sent is not null)
                    done.Add(result.Sent);
                if (result.Fault is not null)
                    throw result.Fault;
                // What a run that was killed has done need not be done again.
                if (result.End is not (StepEnd.Done or StepEnd.HadThem))
                    return new CircleFailure(line, result, [.. (await RescueAsync(done, cancel)).Keys]);
            }

            return null;
        }
        catch (Exception) when (done.Count > 0)
        {
            await RescueAsync(done, cancel);
            throw;
        }
    }

    /// <summary>Whether everybody in a circle has the new card already, by a run that was killed when it had closed it.</summary>
    public async Task<bool> IsClosedAsync(WriteGroup circle, CancellationToken cancel)
    {
        await writer.Reads.AheadAsync([.. circle.Lines.Select(line => line.PatronId!.Value)], cancel);
        foreach (var line in circle.Lines)
        {
            if (await writer.Reads.ReadAsync(line.PatronId!.Value, cancel) is not { } now || !FieldChange.Same(now[PatronFields.CardNumber], line.Of(PatronFields.CardNumber)!.Wanted))
                return false;
        }

        return true;
    }

    /// <summary>Takes writes back, the last first; gives the patrons for whom that failed, and why.</summary>
    public async Task<IReadOnlyDictionary<int, string>> PutBackAsync(IReadOnlyList<JournalLine> done, CancellationToken cancel)
    {
        // Not to be called off at once: a card is out of place.
        using var limit = new CancellationTokenSource();
        using var stop = cancel.Register(() => limit.CancelAfter(LongestRescue));
        var left = new Dictionary<int, string>();
        foreach (var line in done.Reverse())
        {
            var step = new PatronStep(line.PatronId!.Value, line.UserId, [.. line.Fields.Select(change => change.Back)]) { Circle = line.Circle, IsRescue = true };
            var why = await TryAsync(step, limit.Token);
            if (why is not null)
                left[step.PatronId] = why;
        }

        return left;
    }

    /// <summary>Puts a circle back that was stopped, and tells who is left with a temporary number.</summary>
    private async Task<IReadOnlyDictionary<int, string>> RescueAsync(List<JournalLine> done, CancellationToken cancel)
    {
        var left = await PutBackAsync(done, cancel);
        foreach (var line in done.Where(line => TemporaryCard.Is(line.Card?.Wanted) && left.ContainsKey(line.PatronId!.Value)))
            tell(CardSyncNotices.TemporaryCardLeft(line.UserId, line.PatronId!.Value, $"a swap of cards was stopped, and the old card could not be put back: {left[line.PatronId.Value]}"));
        return left;
    }

    /// <summary>Why a step could not be done; null: it is, or there was nothing to do.</summary>
    private async Task<string?> TryAsync(PatronStep step, CancellationToken cancel)
    {
        try
        {
            var result = await writer.WriteAsync(step, cancel);
            return result.End is StepEnd.Done or StepEnd.HadThem ? null : result.Why;
        }
        catch (KohaPatronException e)
        {
            return e.Notice.Text.TrimEnd('.');
        }
        catch (OperationCanceledException)
        {
            return "Koha did not answer in time";
        }
    }

    /// <summary>The first step. The old number goes where the plan keeps it at once, so that it can be found there whatever happens.</summary>
    private static PatronStep Parking(PatronLine parked, FieldChange card)
    {
        var kept = parked.Fields.Where(change => change.Field == PatronFields.Statistics2 && FieldChange.Same(change.Wanted, card.Seen)).ToList();
        return new PatronStep(parked.PatronId!.Value, parked.UserId, [card with { Wanted = TemporaryCard.For(parked.PatronId.Value) }, .. kept])
        {
            Circle = 0,
            Then = card.Wanted,
            Others = [.. parked.Fields.Where(change => change.Field != PatronFields.CardNumber && !kept.Contains(change))],
        };
    }

    /// <summary>The parked patron's last step, which begins where the parking ended.</summary>
    private static PatronStep FromTemporary(PatronLine parked, PatronStep parking) => PatronStep.OfRecord(parked) with
    {
        Fields = [.. parked.Fields
            .Where(change => AttributeValues.TypeOf(change.Field) is null && (change.Field == PatronFields.CardNumber || !parking.Fields.Contains(change)))
            .Select(change => change.Field == PatronFields.CardNumber ? change with { Seen = parking.Fields[0].Wanted } : change)],
    };
}

/// <summary>Why a circle was not written.</summary>
/// <param name="Line">The line that failed.</param>
/// <param name="Result">How it failed.</param>
/// <param name="NotPutBack">The patrons who have not got their old values back.</param>
internal sealed record CircleFailure(PatronLine Line, StepResult Result, IReadOnlyCollection<int> NotPutBack);
