using System.Text.Json;
using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>Asks Koha for the patrons that rows of an import could meet: by user id, by card, by attributes of which no two may be the same.</summary>
internal sealed class PatronsInKoha(KohaHttp http, IReadOnlyCollection<string> attributeTypes)
{
    /// <summary>The attribute types by which two patrons can collide, or a row can match.</summary>
    public static IReadOnlyCollection<string> AttributeTypesOf(PreflightOptions options) => options.MatchPoint is PreflightOptions.ByUserId or PreflightOptions.ByCardNumber
        ? options.UniqueTypes ?? []
        : [.. (options.UniqueTypes ?? []).Append(options.MatchPoint).Distinct(StringComparer.Ordinal)];

    public async Task<KnownPatrons> FindAsync(IReadOnlyList<PatronKeys> rows, CancellationToken cancel)
    {
        var searches = attributeTypes
            .Select(type => FetchAsync(type, PatronKey.UniversalId, rows.SelectMany(row => row.Attributes).Where(attribute => attribute.Key == type).Select(attribute => attribute.Value), cancel))
            .Append(FetchAsync(string.Empty, PatronKey.UserId, rows.Select(row => row.UserId), cancel))
            .Append(FetchAsync(string.Empty, PatronKey.CardNumber, rows.Select(row => row.CardNumber), cancel))
            .ToList();
        return new KnownPatrons((await Task.WhenAll(searches)).SelectMany(patrons => patrons).Select(From));
    }

    private Task<IReadOnlyList<JsonElement>> FetchAsync(string attributeType, PatronKey key, IEnumerable<string> values, CancellationToken cancel) =>
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
