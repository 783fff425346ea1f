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
        var all = new List<List<WorkdayPerson>>();
        var byUser = new Dictionary<string, List<WorkdayPerson>>(StringComparer.OrdinalIgnoreCase);
        var byId = new Dictionary<string, List<WorkdayPerson>>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            var (user, id) = (CellText.Clean(person.UserName), UniversalIds.Key(CellText.Clean(person.UniversalId)));
            var same = (user is not null && byUser.TryGetValue(user, out var known)) || (id.Length > 0 && byId.TryGetValue(id, out known)) ? known! : null;
            if (same is null)
                all.Add(same = []);
            same.Add(person);
            if (user is not null)
                byUser[user] = same;
            if (id.Length > 0)
                byId[id] = same;
        }

        return [.. all.Select(records => new ProxPerson(records, Compared(records, namesCount)))];
    }

    private static string? Compared(List<WorkdayPerson> records, bool namesCount)
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
