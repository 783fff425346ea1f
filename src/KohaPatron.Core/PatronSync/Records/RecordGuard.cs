using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>
/// Whom the settings leave alone, asked of each patron as it is right before the write: a plan may be old, of other settings,
/// or edited.
/// </summary>
internal static class RecordGuard
{
    /// <summary>Why a run leaves a patron alone; null: it does not.</summary>
    public static Func<PatronRecord, string?> Of(KohaPatronSettings settings)
    {
        var categories = new HashSet<string>(settings.Categories.Values.OfType<string>(), StringComparer.OrdinalIgnoreCase);
        var ofUndo = OfUndo(settings);
        return patron => ofUndo(patron)
            ?? (categories.Contains(patron[PatronFields.Category] ?? string.Empty) ? null : $"the category {patron[PatronFields.Category]} is none of the settings'");
    }

    /// <summary>Why an undo leaves a patron alone, whose category may be none of the settings' any more; null: it does not.</summary>
    public static Func<PatronRecord, string?> OfUndo(KohaPatronSettings settings)
    {
        var universalId = AttributeValues.FieldOf(settings.Attributes.UniversalId);
        return patron => AttributeValues.Split(patron[universalId]).DefaultIfEmpty(null).Any(id => RecordPlanOptions.Lists(settings.ProtectedPatrons, patron.UserId, id, patron.PatronId))
            ? "the settings protect this patron"
            : null;
    }
}
