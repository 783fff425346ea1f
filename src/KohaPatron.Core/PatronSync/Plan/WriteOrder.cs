using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>Lines that have to be written in this order, each after the one that gives up the card it wants.</summary>
/// <param name="Lines">The lines, the first write first.</param>
/// <param name="IsCircle">Whether the first waits for the last: that one is parked, and either all are done or none stays.</param>
internal sealed record WriteGroup(IReadOnlyList<PatronLine> Lines, bool IsCircle);

/// <summary>
/// Puts lines in an order in which no card is ever wanted before its holder gave it up: a pure function of the plan. A card
/// is wanted by one line and held by one, so that what depends on each other is a chain or a circle; groups are independent.
/// </summary>
internal static class WriteOrder
{
    public static IReadOnlyList<WriteGroup> Groups(IReadOnlyList<PatronLine> lines)
    {
        var holders = new Dictionary<string, PatronLine>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => line.Of(PatronFields.CardNumber) is { Seen.Length: > 0 }))
            holders[CollationKey.Of(line.Of(PatronFields.CardNumber)!.Seen!)] = line;
        var next = lines.Select(line => (Line: line, Holder: HolderOf(line, holders))).Where(each => each.Holder is not null).ToDictionary(each => each.Line, each => each.Holder!, LineComparer.One);
        var claimed = new HashSet<PatronLine>(next.Values, LineComparer.One);

        var placed = new HashSet<PatronLine>(LineComparer.One);
        var groups = lines.Where(line => !claimed.Contains(line)).Select(first => new WriteGroup(Path(first, next, placed), IsCircle: false)).ToList();
        groups.AddRange(lines.Where(line => !placed.Contains(line)).Select(line => new WriteGroup(Path(line, next, placed), IsCircle: true)).Where(circle => circle.Lines.Count > 0));
        return groups;
    }

    /// <summary>The line and those it waits for, in turn; the last of them is written first.</summary>
    private static List<PatronLine> Path(PatronLine first, Dictionary<PatronLine, PatronLine> next, HashSet<PatronLine> placed)
    {
        var path = new List<PatronLine>();
        for (var line = first; line is not null && placed.Add(line); next.TryGetValue(line, out line))
            path.Add(line);
        path.Reverse();
        return path;
    }

    private static PatronLine? HolderOf(PatronLine line, Dictionary<string, PatronLine> holders) =>
        line.Of(PatronFields.CardNumber)?.Wanted is { Length: > 0 } card && holders.TryGetValue(CollationKey.Of(card), out var holder) && holder != line ? holder : null;
}
