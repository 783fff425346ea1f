using System.Text.Json;
using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>
/// Asks Koha for the patrons that rows of an import could meet: by user id, by card, by attributes of which no two may be the
/// same. Koha does not list its attribute types; that no patron has one is the nearest to knowing that it is not there.
/// </summary>
internal sealed class PatronsInKoha(KohaHttp http, PreflightOptions options)
{
    private readonly HashSet<string> _typesAsked = new(options.AttributeTypes ?? [], StringComparer.Ordinal);
    private readonly HashSet<string> _unseenTypes = new(StringComparer.Ordinal);

    /// <summary>The attribute types by which two patrons can collide, or a row can match.</summary>
    private readonly IReadOnlyList<string> _keyTypes = options.MatchPoint is PreflightOptions.ByUserId or PreflightOptions.ByCardNumber
        ? [.. options.UniqueTypes ?? []]
        : [.. (options.UniqueTypes ?? []).Append(options.MatchPoint).Distinct(StringComparer.Ordinal)];

    public async Task<KnownPatrons> FindAsync(IReadOnlyList<PatronKeys> rows, CancellationToken cancel)
    {
        var searches = _keyTypes
            .Select(type => FetchAsync(type, PatronKey.UniversalId, rows.SelectMany(row => row.Attributes).Where(attribute => attribute.Key == type).Select(attribute => attribute.Value), cancel))
            .Append(FetchAsync(string.Empty, PatronKey.UserId, rows.Select(row => row.UserId), cancel))
            .Append(FetchAsync(string.Empty, PatronKey.CardNumber, rows.Select(row => row.CardNumber), cancel))
            .ToList();
        var patrons = (await Task.WhenAll(searches)).SelectMany(found => found).Select(found => From(found.Json)).ToList();
        if (options.AttributeTypes is null)
            await AskForTypesAsync(rows, patrons, cancel);
        return new KnownPatrons(patrons, _unseenTypes);
    }

    private async Task AskForTypesAsync(IReadOnlyList<PatronKeys> rows, IReadOnlyList<KnownPatron> patrons, CancellationToken cancel)
    {
        foreach (var attribute in patrons.SelectMany(patron => patron.Attributes ?? []))
            _typesAsked.Add(attribute.Key);
        foreach (var type in rows.SelectMany(row => row.Attributes).Select(attribute => attribute.Key).Where(_typesAsked.Add).ToList())
        {
            // A type without a value finds nobody in newer releases.
            var query = $$$"""{"extended_attributes.type":{{{JsonSerializer.Serialize(type)}}},"extended_attributes.value":{"-like":"%"}}""";
            var answer = await http.RequireAsync(new KohaRequest(HttpMethod.Get, $"/patrons?_per_page=1&q={Uri.EscapeDataString(query)}", EmbedsAttributes: true), cancel);
            if (answer.TotalCount == 0)
                _unseenTypes.Add(type);
        }
    }

    private Task<IReadOnlyList<FoundPatron>> FetchAsync(string attributeType, PatronKey key, IEnumerable<string> values, CancellationToken cancel) =>
        new PatronLookup(http, attributeType, PatronLookup.DefaultBatchSize).FetchAsync(key, [.. values.Select(value => value.Trim()).Where(value => value.Length > 0)], cancel);

    private static KnownPatron From(JsonElement json)
    {
        var patron = Patron.From(json);
        return new(
            patron.PatronId,
            patron.UserId,
            patron.CardNumber,
            json.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.String).ToDictionary(field => KohaFieldNames.Column(field.Name), field => field.Value.GetString()!, StringComparer.Ordinal),
            [.. patron.Attributes.Select(attribute => attribute.Split([':'], 2)).Select(parts => new KeyValuePair<string, string>(parts[0], parts[1]))]);
    }
}
