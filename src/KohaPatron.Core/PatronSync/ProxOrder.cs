using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>A write that the plan needs. A parked patron has a temporary number until the card it is to get is free.</summary>
/// <param name="Change">The line of the plan.</param>
/// <param name="Before">The card that the patron must have for the step to be right.</param>
/// <param name="After">The card that the step gives.</param>
internal sealed record ProxStep(ProxChange Change, string? Before, string? After)
{
    public bool IsParking => After != Change.CardThen;

    /// <summary>The write that this step takes back, if it does.</summary>
    public JournalLine? TakesBack { get; init; } = Change.Undoes;
}

/// <summary>Steps that belong together: where they are a round of cards, either all are done or none stays.</summary>
internal sealed record ProxRound(IReadOnlyList<ProxStep> Steps)
{
    public bool IsCircle => Steps[0].IsParking;
}

/// <summary>Puts changes in an order in which no card is ever wanted before its holder gave it up: a pure function of the plan.</summary>
internal static class ProxOrder
{
    private const string TemporaryPrefix = "KPTEMP-";

    public static string TemporaryFor(ProxChange change) =>
        TemporaryPrefix + change.PatronId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static bool IsTemporary(string? card) => card?.StartsWith(TemporaryPrefix, StringComparison.Ordinal) == true;

    public static IReadOnlyList<ProxRound> Rounds(IEnumerable<ProxChange> changes)
    {
        var waiting = changes.ToDictionary(change => change.PatronId!.Value);
        var holders = new Dictionary<string, ProxChange>(StringComparer.Ordinal);
        foreach (var change in waiting.Values.Where(change => change.CardNow is not null))
            holders[CollationKey.Of(change.CardNow!)] = change;

        var rounds = new List<ProxRound>();
        var done = new HashSet<int>();
        foreach (var change in waiting.Values)
        {
            var path = Path(change, holders, done);
            if (path.Count == 0)
                continue;
            rounds.Add(Round(path, holders));
            done.UnionWith(path.Select(each => each.PatronId!.Value));
        }

        return rounds;
    }

    /// <summary>The change and those it waits for, in turn, as far as they are not done.</summary>
    private static List<ProxChange> Path(ProxChange change, Dictionary<string, ProxChange> holders, HashSet<int> done)
    {
        var path = new List<ProxChange>();
        for (var next = change; next is not null && !done.Contains(next.PatronId!.Value) && !path.Contains(next); next = HolderOf(next, holders))
            path.Add(next);
        return path;
    }

    /// <summary>The last of the path goes first, for the others wait for it. Where it waits for one of the path, that is a circle, and one is parked.</summary>
    private static ProxRound Round(List<ProxChange> path, Dictionary<string, ProxChange> holders)
    {
        var steps = path.Select(change => new ProxStep(change, change.CardNow, change.CardThen)).Reverse().ToList();
        var last = path[path.Count - 1];
        if (HolderOf(last, holders) is not { } first || !path.Contains(first))
            return new ProxRound(steps);
        // The parked one gives up its card first, and gets its own when everybody else has moved.
        var parked = new ProxStep(first, first.CardNow, TemporaryFor(first));
        var turn = steps.FindIndex(step => step.Change == first);
        steps[turn] = new ProxStep(first, parked.After, first.CardThen);
        return new ProxRound([parked, .. steps]);
    }

    private static ProxChange? HolderOf(ProxChange change, Dictionary<string, ProxChange> holders) =>
        change.CardThen is not null && holders.TryGetValue(CollationKey.Of(change.CardThen), out var holder) && holder != change ? holder : null;
}
