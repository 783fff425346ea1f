using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Undo;

/// <summary>
/// A plan that takes back what a journal's runs did: a pure function of how its writes ended. Each field is followed from
/// its last value back to the first, as far as nobody else changed it in between.
/// </summary>
internal static class UndoPlan
{
    public static IReadOnlyList<PatronLine> Of(IEnumerable<JournalLine> ends, string apiRoot) =>
    [
        .. ends.Where(line => line is { Event: JournalEvent.Done, Kind: LineKind.Change, PatronId: not null })
            .GroupBy(line => line.PatronId!.Value)
            .Select(writes => new PatronLine(apiRoot, LineKind.Change, writes.Key, writes.Last().UserId, null, Fields(writes)))
            .Where(line => line.Fields.Count > 0),
    ];

    private static List<FieldChange> Fields(IEnumerable<JournalLine> writes) =>
    [
        .. writes.SelectMany(line => line.Fields).GroupBy(change => change.Field, StringComparer.Ordinal).Select(Back)
            .Where(change => !FieldChange.Same(change.Seen, change.Wanted))
            // Who had a temporary number before has none to get back.
            .Where(change => change.Field != PatronFields.CardNumber || !TemporaryCard.Is(change.Wanted)),
    ];

    private static FieldChange Back(IGrouping<string, FieldChange> chain)
    {
        var last = chain.Last().Wanted;
        var first = last;
        foreach (var change in chain.Reverse())
        {
            if (!FieldChange.Same(change.Wanted, first))
                break;
            first = change.Seen;
        }

        return new FieldChange(chain.Key, last, first);
    }
}
