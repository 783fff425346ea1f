using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Undo;

/// <summary>
/// A plan that takes back what a journal's runs did: a pure function of how its writes ended. Each field is followed from
/// its last value back to the first, as far as nobody else changed it in between.
/// </summary>
internal static class UndoPlan
{
    /// <param name="ends">How the writes ended.</param>
    /// <param name="apiRoot">The Koha.</param>
    /// <param name="onlyCards">Whether only the fields of card numbers go back; patrons that the runs made then stay.</param>
    public static IReadOnlyList<PatronLine> Of(IEnumerable<JournalLine> ends, string apiRoot, bool onlyCards) =>
    [
        .. ends.Where(line => line is { Event: JournalEvent.Done, PatronId: not null } && (!onlyCards || line.Kind == LineKind.Change))
            .GroupBy(line => line.PatronId!.Value)
            // Whoever is gone again has nothing to get back.
            .Where(writes => writes.Last().Kind != LineKind.Delete)
            .Select(writes => writes.FirstOrDefault(line => line.Kind == LineKind.Create) is { } made ? Deletion(made, [.. writes], apiRoot) : Change(writes, apiRoot, onlyCards))
            .Where(line => line.Kind == LineKind.Delete || line.Fields.Count > 0),
    ];

    private static PatronLine Change(IGrouping<int, JournalLine> writes, string apiRoot, bool onlyCards) =>
        new(apiRoot, LineKind.Change, writes.Key, writes.Last().UserId, null, [.. Fields(writes).Where(change => !onlyCards || ProxLines.Changes(change.Field))]);

    /// <summary>A patron that a run made goes again, if each field still is as the runs left it.</summary>
    private static PatronLine Deletion(JournalLine made, IReadOnlyList<JournalLine> writes, string apiRoot) =>
        new(apiRoot, LineKind.Delete, made.PatronId, made.UserId, null, [.. writes.SelectMany(line => line.Fields).GroupBy(change => change.Field, StringComparer.Ordinal).Select(chain => new FieldChange(chain.Key, chain.Last().Wanted, null))])
        {
            Stamp = LastStamp(writes),
        };

    /// <summary>The time stamp of the runs' last write; null: somebody else has written in between, or nobody can tell.</summary>
    private static string? LastStamp(IReadOnlyList<JournalLine> writes)
    {
        string? last = null;
        foreach (var line in writes)
        {
            if (line.StampBefore is not null && line.StampBefore != last)
                return null;
            last = line.Stamp ?? last;
        }

        return last;
    }

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
