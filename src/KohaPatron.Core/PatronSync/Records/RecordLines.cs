using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>The lines of a plan of whole records as the engine takes them.</summary>
internal static class RecordLines
{
    public static PatronLine Of(PatronChange change) => new(
        change.ApiRoot ?? string.Empty,
        change.Status == PatronChangeStatus.New ? LineKind.Create : LineKind.Change,
        change.PatronId,
        change.UserId ?? string.Empty,
        change.UniversalId,
        [.. change.Field.Select((column, i) => new FieldChange(RecordFields.FieldOf(column), change.Now[i], change.Then[i]))]);

    /// <summary>A leaver's account ends on a day, unless it ends before; null: there is nothing to do.</summary>
    public static PatronLine? Leaver(PatronChange change, string day)
    {
        var at = Array.IndexOf(change.Field, "dateexpiry");
        var now = at < 0 ? null : change.Now[at];
        return string.IsNullOrEmpty(now) || string.CompareOrdinal(now, day) > 0
            ? new PatronLine(change.ApiRoot ?? string.Empty, LineKind.Change, change.PatronId, change.UserId ?? string.Empty, change.UniversalId, [new FieldChange(PatronFields.Expiry, now, day)]) { IsLeaver = true }
            : null;
    }

    /// <summary>Looks through what only a plan of whole records must fulfil; it may come from a file that somebody edited.</summary>
    /// <exception cref="KohaPatronException">The first fault, of the plan or of what the settings protect. Nothing was written.</exception>
    /// <param name="changes">The lines that would be carried out.</param>
    /// <param name="settings">The settings in force.</param>
    public static void Check(IEnumerable<PatronChange> changes, KohaPatronSettings settings)
    {
        RecordPlanOptions.CheckKnown(settings.ProtectedFields, settings.Attributes);
        var kept = RecordPlanOptions.Spread(settings.ProtectedFields, settings.Attributes).ToList();
        foreach (var change in changes)
        {
            if (Fault(change, settings, kept) is { } fault)
                throw new KohaPatronException(CardSyncNotices.PlanInvalid(change.UserId, fault));
        }
    }

    private static string? Fault(PatronChange change, KohaPatronSettings settings, IReadOnlyCollection<string> kept)
    {
        if (change.Field.Length != change.Now.Length || change.Field.Length != change.Then.Length)
            return "Field, Now and Then are not equally long";
        if (change.Field.Length == 0)
            return "no field is named";
        if (RecordPlanOptions.Lists(settings.ProtectedPatrons, change.UserId, change.UniversalId, change.PatronId))
            return "the settings protect this patron";
        if (change.Status != PatronChangeStatus.New && change.Field.FirstOrDefault(kept.Contains) is { } field)
            return $"the settings protect {field}";
        if (change.Status == PatronChangeStatus.Leaver)
            return IsLeaver(change) ? null : "it is not the line of a leaver, which has the expiry alone, no value for it, and the number of patrons among whom it was found";
        if (change.Status == PatronChangeStatus.New && UniversalIdOf(change, settings) is { } id && UniversalIds.Key(id) != UniversalIds.Key(change.UniversalId))
            return "its universal ID and that of the new patron are not the same";
        for (var i = 0; i < change.Field.Length; i++)
        {
            if (Fault(change, change.Field[i], change.Now[i], change.Then[i] ?? string.Empty, settings) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>Whether a line is as the comparison makes those of leavers: a line of somebody who is there, under another status, is not.</summary>
    private static bool IsLeaver(PatronChange change) => change is { Field: ["dateexpiry"], Then: [null or ""], Among: > 0 };

    private static string? UniversalIdOf(PatronChange change, KohaPatronSettings settings) =>
        Array.IndexOf(change.Field, settings.Attributes.UniversalId) is var at and >= 0 ? change.Then[at] : null;

    /// <summary>Whether the card is only the universal ID, which stands in where the report has no card.</summary>
    private static bool IsStandIn(PatronChange change, string card) => UniversalIds.Key(card) is { Length: > 0 } key && key == UniversalIds.Key(change.UniversalId);

    private static string? Fault(PatronChange change, string column, string? now, string then, KohaPatronSettings settings) => column switch
    {
        "cardnumber" when IsStandIn(change, then) && !string.IsNullOrEmpty(now) => "the universal ID would replace a card",
        "cardnumber" when !settings.CardNumber.Gives(then) && !IsStandIn(change, then) => $"the card breaks the card number rule {settings.CardNumber}",
        "dateexpiry" when !string.IsNullOrEmpty(now) && string.CompareOrdinal(then, now) <= 0 => "the expiry would not move later",
        "categorycode" when !settings.Categories.Values.Contains(then, StringComparer.Ordinal) => $"the category {then} is none of the settings'",
        "sort2" when change.Status == PatronChangeStatus.New || Array.IndexOf(change.Field, "cardnumber") < 0 => "sort2 goes only with a new card",
        _ when AttributeValues.TypeOf(RecordFields.FieldOf(column)) is { } type && !RecordPlanOptions.Owned(settings.Attributes).Contains(type, StringComparer.Ordinal) && change.Status == PatronChangeStatus.Change => $"the attribute {type} is none of the settings'",
        _ => null,
    };
}
