using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>Reads what the planner needs from Koha, with few requests, and lets it plan. Writes nothing.</summary>
internal sealed class RecordComparison(PatronLookup lookup, RecordPlanOptions options)
{
    public static RecordComparison For(KohaConnection koha, KohaPatronSettings settings, IReadOnlyCollection<string>? fields, int batchSize) =>
        new(new PatronLookup(koha.Http, settings.Attributes.UniversalId, batchSize), RecordPlanOptions.From(settings, koha.ApiRoot, fields));

    /// <summary>The plan for these rows, a line for each person.</summary>
    public async Task<IReadOnlyList<PatronChange>> PlanAsync(IEnumerable<KohaPatronRow> rows, CancellationToken cancel)
    {
        var planner = new RecordPlanner(options);
        var people = RecordPerson.Of(rows, options.Attributes.UniversalId);
        var byUserId = await FindAsync(PatronKey.UserId, people.Select(person => person.UserId).OfType<string>(), cancel);
        var unknown = people.Where(person => Of(byUserId, person.UserId).Count == 0);
        var byUniversalId = await FindAsync(PatronKey.UniversalId, unknown.Select(person => person.UniversalId).OfType<string>(), cancel);

        var cases = people.Select(person => new RecordCase(person, Of(byUserId, person.UserId), Of(byUniversalId, person.UniversalId))).ToList();
        var alone = cases.Select(planner.Alone).ToList();
        var wanted = alone.Where(change => ((ICardLine)change).WritesCard).Select(change => change.CardThen!).Distinct(StringComparer.Ordinal).ToList();
        var newUserIds = alone.Where(change => change.Status == PatronChangeStatus.New).Select(change => change.UserId!);
        var holders = lookup.FetchAsync(PatronKey.CardNumber, [.. wanted.Concat(newUserIds)], cancel);
        var namesakes = lookup.FetchAsync(PatronKey.UserId, wanted, cancel);
        return planner.Plan(cases, [.. (await holders).Select(found => found.Holder)], (await namesakes).Select(found => found.Holder));
    }

    private async Task<Dictionary<string, IReadOnlyList<Patron>>> FindAsync(PatronKey key, IEnumerable<string> values, CancellationToken cancel)
    {
        var found = await lookup.FindAsync(key, [.. values.Distinct(StringComparer.Ordinal)], cancel);
        return found.ToDictionary(each => each.Value, each => each.Patrons, StringComparer.Ordinal);
    }

    private static IReadOnlyList<Patron> Of(Dictionary<string, IReadOnlyList<Patron>> found, string? value) =>
        value is not null && found.TryGetValue(value, out var patrons) ? patrons : [];
}
