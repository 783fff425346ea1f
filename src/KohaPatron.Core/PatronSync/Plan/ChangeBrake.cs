using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>Stops a run that would change more than somebody expects. It counts the whole run, before the first write.</summary>
/// <param name="Maximum">How many patrons may change; null: a fifth of the people, and at least 25.</param>
internal sealed record ChangeBrake(int? Maximum)
{
    private const int AlwaysAllowed = 25;
    private const double AllowedShare = 0.2;

    /// <summary>A later day on an account harms nobody and is what a new semester does to most: it is not counted. Whoever is made or deleted is counted apart.</summary>
    /// <exception cref="KohaPatronException">More would change. Nothing was written.</exception>
    public void Check(IReadOnlyCollection<PatronLine> lines, int people)
    {
        var changed = lines.Where(line => line.Kind == LineKind.Change && line.Fields.Any(change => change.Field != PatronFields.Expiry)).ToList();
        Check(changed.Count, people, changed.TrueForAll(line => line.Of(PatronFields.CardNumber) is not null) ? "cards would change" : "patrons would change");
        Check(lines.Count(line => line.Kind == LineKind.Create), people, "patrons would be made");
        Check(lines.Count(line => line.Kind == LineKind.Delete), people, "patrons would be deleted");
    }

    /// <summary>How many of so many people are allowed.</summary>
    public int Limit(int people) => Maximum ?? Math.Max(AlwaysAllowed, (int)Math.Ceiling(people * AllowedShare));

    private void Check(int count, int people, string what)
    {
        var limit = Limit(people);
        if (count > limit)
            throw new KohaPatronException(CardSyncNotices.TooMany(count, people, limit, what));
    }
}
