using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.PatronSync;

/// <summary>The lines of a plan of card numbers as the engine takes them.</summary>
internal static class ProxLines
{
    public static PatronLine Of(ProxChange change) => new(change.ApiRoot ?? string.Empty, LineKind.Change, change.PatronId, change.UserId ?? string.Empty, change.UniversalId, Fields(change));

    /// <summary>Looks through what only a plan of card numbers must fulfil; it may come from a file that Excel has rewritten.</summary>
    /// <exception cref="KohaPatronException">A card breaks the rule of the settings. Nothing was written.</exception>
    public static void CheckCards(IEnumerable<ProxChange> changes, CardNumberRule rule)
    {
        if (changes.FirstOrDefault(change => !rule.Gives(change.CardThen)) is { } broken)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(broken.UserId, $"the card breaks the card number rule {rule}"));
    }

    /// <summary>Whether a plan of card numbers may change a field.</summary>
    public static bool Changes(string field) =>
        field is PatronFields.CardNumber or PatronFields.Statistics2 or PatronFields.FirstName or PatronFields.PreferredName or PatronFields.Surname;

    private static List<FieldChange> Fields(ProxChange change)
    {
        var fields = new List<FieldChange>();
        if (!FieldChange.Same(change.CardNow, change.CardThen))
        {
            fields.Add(new(PatronFields.CardNumber, change.CardNow, change.CardThen));
            // A temporary number is nothing to keep; nor is having had none.
            if (!string.IsNullOrEmpty(change.CardNow) && !TemporaryCard.Is(change.CardNow))
                fields.Add(new(PatronFields.Statistics2, change.Statistics2Now, change.CardNow));
        }

        Add(PatronFields.FirstName, change.FirstNameNow, change.FirstNameThen);
        Add(PatronFields.PreferredName, change.FirstNameNow, change.PreferredNameThen);
        Add(PatronFields.Surname, change.SurnameNow, change.SurnameThen);
        return fields;

        void Add(string field, string? now, string? then)
        {
            if (then is not null)
                fields.Add(new(field, now, then));
        }
    }
}
