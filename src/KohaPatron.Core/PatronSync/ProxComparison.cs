using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>Reads what the planner needs from Koha, with few requests, and lets it plan. Writes nothing.</summary>
internal sealed class ProxComparison(PatronLookup lookup, ProxPlanOptions options, ProxTable prox)
{
    public static ProxComparison For(KohaConnection koha, KohaPatronSettings settings, ProxTable prox, bool includeName, int batchSize) =>
        new(new PatronLookup(koha.Http, settings.Attributes.UniversalId, batchSize), ProxPlanOptions.From(settings, koha.ApiRoot, includeName), prox);

    /// <summary>The plan for these people, a line for each of them.</summary>
    public async Task<IReadOnlyList<ProxChange>> PlanAsync(IEnumerable<WorkdayPerson> input, CancellationToken cancel)
    {
        var planner = new ProxPlanner(options);
        var people = ProxPerson.Of(input, options.IncludeName);
        var cards = people.Select(person => prox.CardOf(person.First.UniversalId ?? string.Empty)).ToList();
        // Whoever has no card is left alone, and need not be looked up.
        var withCard = people.Where((person, i) => cards[i] is not null && person.UserId is not null).ToList();
        var byUserId = await FindAsync(PatronKey.UserId, withCard.Select(person => person.UserId!), cancel);
        var unknown = withCard.Where(person => byUserId[person.UserId!].Count == 0 && person.UniversalId is not null);
        var byUniversalId = await FindAsync(PatronKey.UniversalId, unknown.Select(person => person.UniversalId!), cancel);

        var shared = prox.SharedCards();
        var cases = people.Select((person, i) => new ProxCase(person, cards[i], cards[i] is { } card && shared.Contains(card), Of(byUserId, person.UserId), Of(byUniversalId, person.UniversalId))).ToList();
        var wanted = cases.Select(planner.Alone).Where(change => change.Status == ProxChangeStatus.Change).Select(change => change.CardThen!).Distinct(StringComparer.Ordinal).ToList();
        var holders = lookup.FetchAsync(PatronKey.CardNumber, wanted, cancel);
        var namesakes = lookup.FetchAsync(PatronKey.UserId, wanted, cancel);
        return planner.Plan(cases, (await holders).Select(found => found.Holder), (await namesakes).Select(found => found.Holder));
    }

    private async Task<Dictionary<string, IReadOnlyList<Patron>>> FindAsync(PatronKey key, IEnumerable<string> values, CancellationToken cancel)
    {
        var found = await lookup.FindAsync(key, [.. values.Distinct(StringComparer.Ordinal)], cancel);
        return found.ToDictionary(each => each.Value, each => each.Patrons, StringComparer.Ordinal);
    }

    private static IReadOnlyList<Patron> Of(Dictionary<string, IReadOnlyList<Patron>> found, string? value) =>
        value is not null && found.TryGetValue(value, out var patrons) ? patrons : [];
}
