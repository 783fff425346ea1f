using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>A person of the input, whose rows may be several.</summary>
/// <param name="Row">The first row.</param>
/// <param name="UserId">The user id; null: there is none.</param>
/// <param name="UniversalId">The universal ID; null: there is none.</param>
/// <param name="Fault">Why nothing can be made of the rows; null: it can.</param>
/// <param name="Difference">Why they cannot be one person's; null: they can.</param>
internal sealed record RecordPerson(KohaPatronRow Row, string? UserId, string? UniversalId, string? Fault, string? Difference)
{
    /// <summary>Makes one of all rows that share a user id or a universal ID.</summary>
    public static IReadOnlyList<RecordPerson> Of(IEnumerable<KohaPatronRow> rows, string universalIdType) =>
        [.. SamePeople.Group(rows, row => CellText.OrNull(row.userid), row => RecordFields.UniversalIdOf(row, universalIdType)).Select(same => Of(same, universalIdType))];

    private static RecordPerson Of(IReadOnlyList<KohaPatronRow> rows, string universalIdType)
    {
        var faults = rows.Select(RecordFields.Fault).OfType<string>().ToList();
        return new(rows[0], CellText.OrNull(rows[0].userid), RecordFields.UniversalIdOf(rows[0], universalIdType), faults.Count > 0 ? faults[0] : null, Compared(rows));
    }

    private static string? Compared(IReadOnlyList<KohaPatronRow> rows)
    {
        if (rows.Count == 1)
            return null;
        var values = rows.Select(row => row.Values()).ToList();
        var differing = KohaColumns.All.Select(column => column.Name).Where((_, i) => values.Select(each => each[i]).Distinct(StringComparer.Ordinal).Skip(1).Any()).ToList();
        return differing.Count == 0 ? null : $"twice in the input, and different in {string.Join(", ", differing)}";
    }
}

/// <summary>A person with everything that the plan goes by.</summary>
/// <param name="Person">The person.</param>
/// <param name="ByUserId">The patrons that Koha has under the user id.</param>
/// <param name="ByUniversalId">The patrons that Koha has under the universal ID.</param>
internal sealed record RecordCase(RecordPerson Person, IReadOnlyList<Patron> ByUserId, IReadOnlyList<Patron> ByUniversalId);
