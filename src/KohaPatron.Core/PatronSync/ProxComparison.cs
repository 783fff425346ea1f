using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>Reads what the planner needs from Koha, with few requests, and lets it plan. Writes nothing.</summary>
internal sealed class ProxComparison(PatronLookup lookup, ProxPlanner planner, ProxTable prox)
{
    /// <summary>The plan for these people.</summary>
    public async Task<IReadOnlyList<ProxChange>> PlanAsync(IReadOnlyList<WorkdayPerson> people, CancellationToken cancel)
    {
        var cards = people.Select(person => prox.CardOf(person.UniversalId ?? string.Empty)).ToList();
        // Whoever has no card is left alone, and need not be looked up.
        var withCard = people.Where((person, i) => cards[i] is not null && CellText.OrNull(person.UserName) is not null).ToList();
        var byUserId = await FindAsync(PatronKey.UserId, withCard.Select(person => person.UserName!.Trim()), cancel);
        var unknown = withCard.Where(person => byUserId[person.UserName!.Trim()].Count == 0 && CellText.OrNull(person.UniversalId) is not null);
        var byUniversalId = await FindAsync(PatronKey.UniversalId, unknown.Select(person => person.UniversalId!.Trim()), cancel);

        var cases = people.Select((person, i) => new ProxCase(person, cards[i], Of(byUserId, person.UserName), Of(byUniversalId, person.UniversalId))).ToList();
        var wanted = cases.Select(planner.Alone).Where(change => change.Status == ProxChangeStatus.Change).Select(change => change.CardThen!);
        var holders = await FindAsync(PatronKey.CardNumber, wanted, cancel);
        return planner.Plan(cases, holders.Values.SelectMany(patrons => patrons));
    }

    private async Task<Dictionary<string, IReadOnlyList<Patron>>> FindAsync(PatronKey key, IEnumerable<string> values, CancellationToken cancel)
    {
        var found = await lookup.FindAsync(key, [.. values.Distinct(StringComparer.Ordinal)], cancel);
        return found.ToDictionary(each => each.Value, each => each.Patrons, StringComparer.Ordinal);
    }

    private static IReadOnlyList<Patron> Of(Dictionary<string, IReadOnlyList<Patron>> found, string? value) =>
        value is not null && found.TryGetValue(value.Trim(), out var patrons) ? patrons : [];
}
