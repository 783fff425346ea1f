using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>What patrons are looked up by.</summary>
internal enum PatronKey
{
    UserId,
    CardNumber,
    UniversalId,
    PatronId,
}

/// <summary>
/// Finds patrons, many with one request. Koha's "exact" goes by the database's collation, so what comes back is compared
/// again: case makes no difference, an accent does.
/// </summary>
internal sealed class PatronLookup(KohaHttp http, string universalIdAttribute, int batchSize)
{
    public const int DefaultBatchSize = 100;

    // Koha's web server takes a request line of 8 KiB; some is left for the path and for proxies.
    private const int LongestQuery = 6 * 1024;

    /// <summary>For each value its patrons, in the order of the values; no patron: an empty list.</summary>
    public async Task<IReadOnlyList<(string Value, IReadOnlyList<Patron> Patrons)>> FindAsync(PatronKey key, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var found = new Dictionary<string, List<Patron>>(StringComparer.OrdinalIgnoreCase);
        foreach (var patron in (await FetchAsync(key, values, cancel)).Select(Patron.From))
        {
            foreach (var value in ValuesOf(key, patron))
            {
                if (!found.TryGetValue(value, out var same))
                    found.Add(value, same = []);
                if (!same.Exists(other => other.PatronId == patron.PatronId))
                    same.Add(patron);
            }
        }

        return [.. values.Select(value => (value, found.TryGetValue(Comparable(key, value), out var patrons) ? (IReadOnlyList<Patron>)patrons : []))];
    }

    /// <summary>The patrons that Koha's database takes for those with the values, as Koha gives them; one may come more than once.</summary>
    public async Task<IReadOnlyList<JsonElement>> FetchAsync(PatronKey key, IReadOnlyList<string> values, CancellationToken cancel)
    {
        var batches = Batches(key, values.Distinct(StringComparer.Ordinal)).ToList();
        var answers = await Task.WhenAll(batches.Select(batch => FetchBatchAsync(key, batch, cancel)));
        return [.. answers.SelectMany(patrons => patrons)];
    }

    /// <summary>The patrons whose card number begins with a text, as the database compares.</summary>
    public Task<IReadOnlyList<JsonElement>> FetchByCardPrefixAsync(string prefix, CancellationToken cancel) =>
        ListAsync($"/patrons?_match=starts_with&_per_page=-1&cardnumber={Uri.EscapeDataString(prefix)}", cancel);

    /// <summary>A patron as it is right now; null where there is none, or the key may not see it.</summary>
    public async Task<Patron?> GetAsync(int patronId, CancellationToken cancel) =>
        await FetchAsync(patronId, cancel) is { } json ? Patron.From(json) : null;

    /// <summary>A patron as it is right now, with all of its fields; null where there is none, or the key may not see it.</summary>
    public async Task<JsonElement?> FetchAsync(int patronId, CancellationToken cancel)
    {
        var request = new KohaRequest(HttpMethod.Get, $"/patrons/{patronId.ToString(System.Globalization.CultureInfo.InvariantCulture)}", EmbedsAttributes: true);
        var answer = await http.SendAsync(request, cancel);
        if (answer.Status == 404)
            return null;
        if (!answer.IsSuccess)
            throw new Notices.KohaPatronException(http.Refusal(answer));
        return answer.Json is { } json && Patron.IdOf(json) == patronId ? json : throw http.NoPatron();
    }

    private Task<IReadOnlyList<JsonElement>> FetchBatchAsync(PatronKey key, IReadOnlyList<string> batch, CancellationToken cancel) =>
        ListAsync($"/patrons?_per_page=-1&q={Uri.EscapeDataString(Query(key, batch))}", cancel);

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancel)
    {
        var rows = await http.ListAsync(new KohaRequest(HttpMethod.Get, path, EmbedsAttributes: true), cancel);
        return rows.All(row => Patron.IdOf(row) is not null) ? rows : throw http.NoPatron();
    }

    private IEnumerable<IReadOnlyList<string>> Batches(PatronKey key, IEnumerable<string> values)
    {
        var batch = new List<string>();
        var length = 0;
        foreach (var value in values)
        {
            var cost = Forms(key, value).Sum(form => Uri.EscapeDataString($"\"{form}\",").Length);
            if (batch.Count > 0 && (batch.Count >= batchSize || length + cost > LongestQuery))
            {
                yield return batch;
                batch = [];
                length = 0;
            }

            batch.Add(value);
            length += cost;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private string Query(PatronKey key, IReadOnlyList<string> batch)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (key == PatronKey.UniversalId)
                json.WriteString("extended_attributes.type", universalIdAttribute);
            json.WriteStartArray(key switch
            {
                PatronKey.UserId => "userid",
                PatronKey.CardNumber => "cardnumber",
                PatronKey.UniversalId => "extended_attributes.value",
                // Bare patron_id would be ambiguous beside the attributes.
                _ => "me.patron_id",
            });
            foreach (var form in batch.SelectMany(value => Forms(key, value)))
                json.WriteStringValue(form);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>What is asked for a value: a universal ID may stand in Koha with any number of leading zeros.</summary>
    private static IEnumerable<string> Forms(PatronKey key, string value) => key == PatronKey.UniversalId ? UniversalIds.Forms(value) : [value];

    private IEnumerable<string> ValuesOf(PatronKey key, Patron patron) => key switch
    {
        PatronKey.UserId => One(patron.UserId),
        PatronKey.CardNumber => One(patron.CardNumber),
        PatronKey.PatronId => [patron.PatronId.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        _ => patron.Attributes.Where(each => each.StartsWith(universalIdAttribute + ":", StringComparison.Ordinal)).Select(each => UniversalIds.Key(each.Substring(universalIdAttribute.Length + 1))),
    };

    private static string Comparable(PatronKey key, string value) => key == PatronKey.UniversalId ? UniversalIds.Key(value) : value.Trim();

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];
}
