using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>How a plan of whole records is made.</summary>
/// <param name="ApiRoot">The Koha that it is made for.</param>
/// <param name="Compared">The columns and attribute types that are compared.</param>
/// <param name="Attributes">The types of the attributes that are ours.</param>
/// <param name="CardNumber">How a card number looks.</param>
/// <param name="Categories">The categories that are ours; a patron of another is left alone.</param>
/// <param name="Protected">User ids, universal IDs and patron numbers to leave alone.</param>
/// <param name="KeepsCard">User ids and universal IDs of patrons whose card is left alone.</param>
internal sealed record RecordPlanOptions(
    string ApiRoot,
    IReadOnlyCollection<string> Compared,
    AttributeTypes Attributes,
    CardNumberRule CardNumber,
    IReadOnlyCollection<string> Categories,
    IReadOnlyCollection<string> Protected,
    IReadOnlyCollection<string> KeepsCard)
{
    private const string AllAttributes = "patron_attributes";

    /// <param name="settings">The settings in force.</param>
    /// <param name="apiRoot">The Koha.</param>
    /// <param name="fields">The fields to compare; null: those of the settings. Protected ones are left out in either case.</param>
    /// <exception cref="KohaPatronException">A field is none that can be compared.</exception>
    public static RecordPlanOptions From(KohaPatronSettings settings, Uri apiRoot, IReadOnlyCollection<string>? fields)
    {
        CheckKnown((fields ?? settings.CompareFields).Concat(settings.ProtectedFields), settings.Attributes);
        return new RecordPlanOptions(
            Plan.ApiRoot.Of(apiRoot),
            new HashSet<string>(Spread(fields ?? settings.CompareFields, settings.Attributes).Except(Spread(settings.ProtectedFields, settings.Attributes)), StringComparer.Ordinal),
            settings.Attributes,
            settings.CardNumber,
            new HashSet<string>(settings.Categories.Values.OfType<string>(), StringComparer.OrdinalIgnoreCase),
            settings.ProtectedPatrons,
            settings.ProxExceptions);
    }

    /// <exception cref="KohaPatronException">A field is none that can be compared: naming it would protect nothing.</exception>
    public static void CheckKnown(IEnumerable<string> fields, AttributeTypes types)
    {
        var known = Known(types).ToList();
        if (fields.FirstOrDefault(field => !known.Contains(field, StringComparer.Ordinal)) is { } unknown)
            throw new KohaPatronException(RecordNotices.UnknownField(unknown, known));
    }

    /// <summary>The names that a field to compare may have.</summary>
    public static IEnumerable<string> Known(AttributeTypes types) => RecordFields.Comparable.Concat(Owned(types));

    /// <summary>The types of attributes that are ours.</summary>
    public static IReadOnlyList<string> Owned(AttributeTypes types) => [types.UniversalId, types.StudentId, types.Major, types.Department];

    /// <summary>Whether a list names somebody: by user id, by universal ID whatever zeros stand in front, or by the patron's number.</summary>
    public static bool Lists(IReadOnlyCollection<string> list, string? userId, string? universalId, int? patronId) => list.Any(each =>
        string.Equals(each, userId, StringComparison.OrdinalIgnoreCase)
        || (UniversalIds.Key(each) is { Length: > 0 } key && key == UniversalIds.Key(universalId))
        || (patronId is { } id && each == id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>Fields with the attributes that are ours one by one.</summary>
    public static IEnumerable<string> Spread(IEnumerable<string> fields, AttributeTypes types) => fields.SelectMany(field => field == AllAttributes ? Owned(types) : [field]);
}
