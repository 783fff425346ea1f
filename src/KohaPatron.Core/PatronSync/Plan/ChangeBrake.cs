using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync.Plan;

/// <summary>Stops a run that would change more than somebody expects. It counts the whole run, before the first write.</summary>
/// <param name="Maximum">How many patrons may change; null: a fifth of the people, and at least 25.</param>
internal sealed record ChangeBrake(int? Maximum)
{
    private const int AlwaysAllowed = 25;
    private const double AllowedShare = 0.2;

    /// <exception cref="KohaPatronException">More would change. Nothing was written.</exception>
    public void Check(int changes, int people)
    {
        var limit = Maximum ?? Math.Max(AlwaysAllowed, (int)Math.Ceiling(people * AllowedShare));
        if (changes > limit)
            throw new KohaPatronException(CardSyncNotices.TooMany(changes, people, limit));
    }
}
