using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>Stops a run that would change more than somebody expects. It counts the whole run, before the first write.</summary>
/// <param name="Maximum">How many patrons may change; null: a fifth of the people, and at least 25.</param>
internal sealed record ChangeBrake(int? Maximum)
{
    private const int AlwaysAllowed = 25;
    private const double AllowedShare = 0.2;

    /// <summary>
    /// Says what is too much, or null. A later day on an account harms nobody and is what a new semester does to most: it is
    /// not counted, and an earlier one is, for it locks people out. Whoever is made or deleted is counted apart, and leavers
    /// have a limit of their own.
    /// </summary>
    public Notice? Against(IReadOnlyCollection<PatronLine> lines, int people)
    {
        var changed = lines.Where(line => line is { Kind: LineKind.Change, IsLeaver: false } && line.Fields.Any(change => !IsRenewal(change))).ToList();
        return Against(changed.Count, people, changed.TrueForAll(line => line.Of(PatronFields.CardNumber) is not null) ? "cards would change" : "patrons would change")
            ?? Against(lines.Count(line => line.Kind == LineKind.Create), people, "patrons would be made")
            ?? Against(lines.Count(line => line.Kind == LineKind.Delete), people, "patrons would be deleted");
    }

    /// <summary>How many of so many people are allowed.</summary>
    public int Limit(int people) => Maximum ?? Math.Max(AlwaysAllowed, (int)Math.Ceiling(people * AllowedShare));

    private static bool IsRenewal(FieldChange change) =>
        change.Field == PatronFields.Expiry && !string.IsNullOrEmpty(change.Seen) && string.CompareOrdinal(change.Wanted, change.Seen) > 0;

    private Notice? Against(int count, int people, string what)
    {
        var limit = Limit(people);
        return count > limit ? CardSyncNotices.TooMany(count, people, limit, what) : null;
    }
}
