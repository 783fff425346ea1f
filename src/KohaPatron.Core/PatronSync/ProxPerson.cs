using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>A person of the input, who may stand in more than one export.</summary>
/// <param name="Records">The person's records, in the order of the input.</param>
/// <param name="Difference">Why they cannot be one person's; null: they can.</param>
internal sealed record ProxPerson(IReadOnlyList<WorkdayPerson> Records, string? Difference = null)
{
    public WorkdayPerson First => Records[0];

    /// <summary>The user name as a load writes it to Koha; null: there is none.</summary>
    public string? UserId { get; } = CellText.Clean(Records[0].UserName);

    /// <summary>The universal ID as a load writes it to Koha; null: there is none.</summary>
    public string? UniversalId { get; } = CellText.Clean(Records[0].UniversalId);

    /// <summary>Makes one of all records that share a user name or a universal ID.</summary>
    public static IReadOnlyList<ProxPerson> Of(IEnumerable<WorkdayPerson> people, bool namesCount)
    {
        var all = SamePeople.Group(people, person => CellText.Clean(person.UserName), person => CellText.Clean(person.UniversalId));
        return [.. all.Select(records => new ProxPerson(records, Compared(records, namesCount)))];
    }

    private static string? Compared(IReadOnlyList<WorkdayPerson> records, bool namesCount)
    {
        if (records.Count == 1)
            return null;
        if (Differ(records.Select(each => CellText.Clean(each.UserName)), StringComparer.OrdinalIgnoreCase))
            return $"twice in the input, with different user names: {string.Join(", ", records.Select(each => CellText.Clean(each.UserName)).Distinct(StringComparer.OrdinalIgnoreCase))}";
        if (Differ(records.Select(each => UniversalIds.Key(CellText.Clean(each.UniversalId))), StringComparer.Ordinal))
            return "twice in the input, with different universal IDs";
        return namesCount && Differ(records.Select(each => each.Name), StringComparer.Ordinal) ? "twice in the input, with different names" : null;
    }

    private static bool Differ(IEnumerable<string?> values, StringComparer comparer) => values.Distinct(comparer).Skip(1).Any();
}
