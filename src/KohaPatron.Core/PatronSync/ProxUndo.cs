namespace KohaPatron.Core.PatronSync;

/// <summary>Makes a plan of a journal that gives everybody the card they had before: a pure function of its lines.</summary>
internal static class ProxUndo
{
    public static IReadOnlyList<ProxChange> Plan(IEnumerable<JournalLine> lines) =>
    [
        .. lines.Where(line => line.Event == JournalEvent.Done)
            .GroupBy(line => line.PatronId)
            .Select(writes => (First: writes.First(), Last: writes.Last()))
            .Where(each => !string.Equals(each.First.Before, each.Last.After, StringComparison.Ordinal))
            .Select(each => new ProxChange
            {
                Status = ProxChangeStatus.Change,
                UserId = each.First.UserId,
                PatronId = each.First.PatronId,
                CardNow = each.Last.After,
                CardThen = each.First.Before,
                Undoes = each.First,
            }),
    ];
}
