using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>GET /patrons</summary>
internal sealed partial class PatronListRoute(KohaState state, FakeKohaOptions options)
{
    private readonly PatronView _view = new(state, options);

    public Answer List(Call call)
    {
        call.Needs(options.Version.ListNeeds);
        call.ChecksEmbeds(options.Version);
        var query = new ListQuery(options.Version, _view.Fields)
        {
            // With the attributes joined, a bare patron_id could be either table's.
            AmbiguousField = call.EmbedsAttributes ? "patron_id" : null,
            JoinsAttributes = call.EmbedsAttributes,
        };
        query.ChecksParameters(call);
        var visible = state.Patrons.Where(patron => _view.IsVisible(patron, call.Client)).ToList();
        var found = query.Select(visible, call).ToList();
        var parameters = call.SortedQuery;
        if (call.EmbedsAttributes)
            parameters["x-koha-embed"] = call.Headers["x-koha-embed"].ToString();
        if (options.Version.ReadsQueryHeader && call.Headers.TryGetValue("x-koha-query", out var header))
            parameters["x-koha-query"] = header.ToString();
        if (call.Body.Length > 0)
            parameters["query"] = "HASH(0x0)";
        return new Paging(call, parameters).Head(Page(query, found, call, parameters), found.Count, visible.Count);
    }

    /// <summary>A column that the database refuses breaks it after all has been counted.</summary>
    private Answer Page(ListQuery query, List<JsonObject> found, Call call, SortedDictionary<string, string> parameters)
    {
        try
        {
            var ordered = call.Query.ContainsKey("_order_by") ? query.Order(found, call) : AsFound(found, call);
            var page = new Paging(call, parameters).Cut(ordered);
            return new Answer(200, new JsonArray([.. page.Select(patron => (JsonNode)_view.Shown(patron, call.EmbedsAttributes))]));
        }
        catch (BrokenException)
        {
            return Answer.Broken(options.Version);
        }
    }

    /// <summary>Without an order the rows come as the database finds them: by the unique index that a list of values is looked up in, else by their ids.</summary>
    private static IEnumerable<JsonObject> AsFound(List<JsonObject> found, Call call)
    {
        var indexed = IndexedList().Match(call.Query.GetValueOrDefault("q", string.Empty)) is { Success: true } match ? match.Groups[1].Value : null;
        return indexed is null ? found : found.OrderBy(patron => Collation.Key(patron[indexed]?.ToString() ?? string.Empty), StringComparer.Ordinal);
    }

    [GeneratedRegex(@"""(cardnumber|userid)""\s*:\s*\[")]
    private static partial Regex IndexedList();
}
