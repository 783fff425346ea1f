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

/// <summary>A patron that Koha's database takes for one with a value, be it that the values of the record are hidden.</summary>
/// <param name="Value">The value that was asked for.</param>
/// <param name="Json">The patron, with all of its fields.</param>
internal readonly record struct FoundPatron(string Value, JsonElement Json)
{
    public int PatronId => Patron.IdOf(Json)!.Value;

    /// <summary>The patron, with the card or the user id that found it even where Koha hides it.</summary>
    public Patron Holder => Patron.From(Json) is { IsBlanked: false } shown ? shown : new Patron { PatronId = PatronId, UserId = Value, CardNumber = Value };
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

    /// <summary>The type of attribute that holds universal IDs.</summary>
    public string UniversalIdAttribute => universalIdAttribute;

    /// <summary>
    /// For each value its patrons, in the order of the values; no patron: an empty list. A patron whose values Koha hides is
    /// among those of the value that finds it.
    /// </summary>
    public Task<IReadOnlyList<(string Value, IReadOnlyList<Patron> Patrons)>> FindAsync(PatronKey key, IReadOnlyList<string> values, CancellationToken cancel) =>
        FindAsync(key, values, (value, patrons) => (value, patrons), cancel);

    /// <summary>What is made of each value and its patrons, in the order of the values: as the answers come, so that patrons are kept no longer than they are needed.</summary>
    public async Task<IReadOnlyList<T>> FindAsync<T>(PatronKey key, IReadOnlyList<string> values, Func<string, IReadOnlyList<Patron>, T> make, CancellationToken cancel)
    {
        var made = await EachBatchAsync(key, values, (batch, found) => batch.Select(value => (value, Made: make(value, Of(key, value, found)))), cancel);
        var byValue = made.ToDictionary(each => each.value, each => each.Made, StringComparer.Ordinal);
        return [.. values.Select(value => byValue[value])];
    }

    /// <summary>The patrons that Koha's database takes for those with the values, each with the value that finds it; one may come more than once.</summary>
    public Task<IReadOnlyList<FoundPatron>> FetchAsync(PatronKey key, IReadOnlyList<string> values, CancellationToken cancel) =>
        EachBatchAsync(key, values, (_, found) => found, cancel);

    private async Task<IReadOnlyList<T>> EachBatchAsync<T>(PatronKey key, IReadOnlyList<string> values, Func<IReadOnlyList<string>, IReadOnlyList<FoundPatron>, IEnumerable<T>> make, CancellationToken cancel)
    {
        var made = await Task.WhenAll(Batches(key, values.Distinct(StringComparer.Ordinal)).Select(MakeAsync));
        return [.. made.SelectMany(each => each)];

        async Task<List<T>> MakeAsync(IReadOnlyList<string> batch) => [.. make(batch, await FetchBatchAsync(key, batch, cancel))];
    }

    /// <summary>The patrons of a value among those that were found, each once.</summary>
    private List<Patron> Of(PatronKey key, string value, IReadOnlyList<FoundPatron> found)
    {
        var wanted = Comparable(key, value);
        var patrons = new List<Patron>();
        foreach (var patron in found.Where(each => Comparable(key, each.Value).Equals(wanted, StringComparison.OrdinalIgnoreCase)).Select(each => Patron.From(each.Json)))
        {
            var theirs = ValuesOf(key, patron).ToList();
            // An accent makes a difference; values that Koha hides make none.
            if ((theirs.Count == 0 || theirs.Exists(each => Comparable(key, each).Equals(wanted, StringComparison.OrdinalIgnoreCase))) && !patrons.Exists(other => other.PatronId == patron.PatronId))
                patrons.Add(patron);
        }

        return patrons;
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
        // Something in front of Koha may say so too: it counts where the list of patrons has nobody either.
        if (answer.Status == 404 && (await FetchAsync(PatronKey.PatronId, [patronId.ToString(System.Globalization.CultureInfo.InvariantCulture)], cancel)).Count == 0)
            return null;
        if (!answer.IsSuccess)
            throw new Notices.KohaPatronException(http.Refusal(answer));
        return answer.Json is { } json && Patron.IdOf(json) == patronId ? http.Readable(json) : throw http.NoPatron();
    }

    private async Task<IReadOnlyList<FoundPatron>> FetchBatchAsync(PatronKey key, IReadOnlyList<string> batch, CancellationToken cancel)
    {
        var rows = await ListAsync($"/patrons?_per_page=-1&q={Uri.EscapeDataString(Query(key, batch))}", cancel);
        if (batch.Count == 1)
            return [.. rows.Select(row => new FoundPatron(batch[0], row))];
        var asked = batch.ToLookup(value => CollationKey.Of(Comparable(key, value)), StringComparer.Ordinal);
        var found = rows.Select(row => (Row: row, Values: ValuesOf(key, Patron.From(row)).SelectMany(value => asked[CollationKey.Of(Comparable(key, value))]).ToList())).ToList();
        var known = found.SelectMany(each => each.Values.Select(value => new FoundPatron(value, each.Row))).ToList();
        if (found.TrueForAll(each => each.Values.Count > 0))
            return known;
        // Koha hides the values of some: whose they are, only each value by itself can tell.
        var alone = await Task.WhenAll(batch.Except(known.Select(each => each.Value), StringComparer.Ordinal).Select(value => FetchBatchAsync(key, [value], cancel)));
        return [.. known, .. alone.SelectMany(patrons => patrons)];
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, CancellationToken cancel)
    {
        var rows = await http.ListAsync(new KohaRequest(HttpMethod.Get, path, EmbedsAttributes: true), cancel);
        return [.. rows.Select(http.Readable)];
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
                json.WriteString("extended_attributes.type", UniversalIdAttribute);
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
        _ => patron.Attributes.Where(each => each.StartsWith(UniversalIdAttribute + ":", StringComparison.Ordinal)).Select(each => UniversalIds.Key(each.Substring(UniversalIdAttribute.Length + 1))),
    };

    // The database makes nothing of blanks at the end.
    private static string Comparable(PatronKey key, string value) => key == PatronKey.UniversalId ? UniversalIds.Key(value) : value.Trim();

    private static IEnumerable<string> One(string? value) => value is null ? [] : [value];
}
