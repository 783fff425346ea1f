using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// The patrons whom a run that was killed left with a temporary number. They get the card that they had, where it is free,
/// else the one that they were to get; whoever can get neither is told as an error.
/// </summary>
internal sealed class TemporaryHolders(PatronLookup lookup, PatronWriter writer, SyncJournal journal, Action<Notice> tell)
{
    private readonly CircleWriter _circles = new(writer, tell);

    /// <summary>Whoever holds one, anywhere in Koha.</summary>
    public async Task<IReadOnlyList<PatronRecord>> FindAsync(CancellationToken cancel) =>
        [.. (await lookup.FetchByCardPrefixAsync(TemporaryCard.Prefix, cancel)).Select(json => new PatronRecord(json)).Where(record => TemporaryCard.Is(record[PatronFields.CardNumber]))];

    /// <summary>Says who holds one, where nothing was done about it.</summary>
    public static void Report(IEnumerable<PatronRecord> holders, string why, Action<Notice> tell)
    {
        foreach (var holder in holders)
            tell(CardSyncNotices.TemporaryCardLeft(holder.UserId, holder.PatronId, why));
    }

    /// <summary>Gives a holder a card, or says why that cannot be done.</summary>
    public async Task HealAsync(PatronRecord holder, CancellationToken cancel)
    {
        var why = await TryAsync(holder, cancel);
        tell(why is null ? CardSyncNotices.TemporaryCardHealed(holder.UserId, holder.PatronId) : CardSyncNotices.TemporaryCardLeft(holder.UserId, holder.PatronId, why));
    }

    /// <summary>Why the patron still has it; null: it is gone.</summary>
    private async Task<string?> TryAsync(PatronRecord holder, CancellationToken cancel)
    {
        try
        {
            var parking = journal.ParkingOf(holder.PatronId);
            // The swap writes the old number into statistics_2 together with the temporary one.
            string?[] cards = parking is null ? [holder[PatronFields.Statistics2]] : [parking.Card!.Seen, parking.Then];
            foreach (var card in cards.Where(card => !string.IsNullOrEmpty(card) && !TemporaryCard.Is(card)))
            {
                if (await IsFreeAsync(card!, cancel) && (await GiveAsync(holder, card!, cancel)).End is StepEnd.Done or StepEnd.HadThem)
                    return null;
            }

            if (parking?.Circle is not { } circle)
                return "the card that the patron had is somebody else's now, and the journal of the run that stopped is not this one";
            var done = journal.Ends.Where(line => line.Circle == circle && line.Event == JournalEvent.Done).ToList();
            return (await _circles.PutBackAsync(done, cancel)).ContainsKey(holder.PatronId) ? "the swap can neither be finished nor taken back" : null;
        }
        catch (KohaPatronException e)
        {
            return PatronWriter.Sentence(e.Notice);
        }
    }

    private async Task<bool> IsFreeAsync(string card, CancellationToken cancel) =>
        (await lookup.FetchAsync(PatronKey.CardNumber, [card], cancel)).Count == 0 && (await lookup.FetchAsync(PatronKey.UserId, [card], cancel)).Count == 0;

    private Task<StepResult> GiveAsync(PatronRecord holder, string card, CancellationToken cancel) =>
        writer.WriteAsync(new PatronStep(holder.PatronId, holder.UserId ?? string.Empty, [new(PatronFields.CardNumber, holder[PatronFields.CardNumber], card)]) { IsRescue = true }, cancel);
}
