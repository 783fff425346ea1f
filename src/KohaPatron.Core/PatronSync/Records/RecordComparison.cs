using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>Reads what the planner needs from Koha, with few requests, and lets it plan. Writes nothing.</summary>
internal sealed class RecordComparison(PatronLookup lookup, RecordPlanOptions options)
{
    public static RecordComparison For(KohaConnection koha, KohaPatronSettings settings, IReadOnlyCollection<string>? fields, int batchSize) =>
        new(new PatronLookup(koha.Http, settings.Attributes.UniversalId, batchSize), RecordPlanOptions.From(settings, koha.ApiRoot, fields));

    /// <summary>The plan for these rows, a line for each person. Of what Koha has only the lines are kept.</summary>
    public async Task<IReadOnlyList<PatronChange>> PlanAsync(IEnumerable<KohaPatronRow> rows, CancellationToken cancel)
    {
        var planner = new RecordPlanner(options);
        var people = RecordPerson.Of(rows, options.Attributes.UniversalId);
        var plan = new Dictionary<RecordPerson, PatronChange>();
        await PlanAsync(PatronKey.UserId, person => person.UserId, (person, patrons) => patrons.Count == 0 ? null : planner.Alone(new RecordCase(person, patrons, [])));
        await PlanAsync(PatronKey.UniversalId, person => person.UniversalId, (person, patrons) => planner.Alone(new RecordCase(person, [], patrons)));
        IReadOnlyList<PatronChange> lines = [.. people.Select(person => plan.TryGetValue(person, out var line) ? line : planner.Alone(new RecordCase(person, [], [])))];

        var wanted = lines.Where(change => ((ICardLine)change).WritesCard).Select(change => change.CardThen!).Distinct(StringComparer.Ordinal).ToList();
        var newUserIds = lines.Where(change => change.Status == PatronChangeStatus.New).Select(change => change.UserId!);
        var holders = lookup.FetchAsync(PatronKey.CardNumber, [.. wanted.Concat(newUserIds)], cancel);
        var namesakes = lookup.FetchAsync(PatronKey.UserId, wanted, cancel);
        RecordPlanner.RefuseTogether(lines, [.. (await holders).Select(found => found.Holder)], (await namesakes).Select(found => found.Holder));
        return lines;

        // Plans those who have no line yet and a value to be found by.
        async Task PlanAsync(PatronKey key, Func<RecordPerson, string?> valueOf, Func<RecordPerson, IReadOnlyList<Patron>, PatronChange?> make)
        {
            var byValue = people.Where(person => valueOf(person) is not null && !plan.ContainsKey(person)).ToDictionary(person => valueOf(person)!, StringComparer.Ordinal);
            var found = await lookup.FindAsync(key, [.. byValue.Keys], (value, patrons) => (Person: byValue[value], Line: make(byValue[value], patrons)), cancel);
            foreach (var (person, line) in found.Where(each => each.Line is not null))
                plan.Add(person, line!);
        }
    }
}
