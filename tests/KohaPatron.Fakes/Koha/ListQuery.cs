using System.Globalization;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What a list's parameters ask for: which rows, and in which order.</summary>
internal sealed class ListQuery(KohaVersion version, IReadOnlyList<string> fields)
{
    private static readonly string[] Parameters = ["_match", "_page", "_per_page", "_order_by", "q"];

    /// <summary>A field that two of the joined tables have, so that it needs the prefix "me.".</summary>
    public string? AmbiguousField { get; init; }

    public bool JoinsAttributes { get; init; }

    /// <exception cref="RefusedException">A parameter that there is not.</exception>
    /// <exception cref="BrokenException">A page of no rows, where the release does not refuse it.</exception>
    public void ChecksParameters(Call call)
    {
        var unknown = call.Query.Keys.Where(name => !Parameters.Contains(name) && !fields.Contains(name)).ToList();
        if (unknown.Count > 0)
            throw new RefusedException(new Answer(400, new JsonArray([.. unknown.Select(name => (JsonNode)Fault("Malformed query string", name))])).Bare());
        if (call.Query.GetValueOrDefault("_per_page") != "0")
            return;
        if (!version.RefusesBadQueries)
            throw new BrokenException("A page of no rows.");
        throw new RefusedException(new Answer(400, new JsonArray(Fault("Invalid value: 0", "_per_page"))).Bare());
    }

    public IEnumerable<JsonObject> Select(IEnumerable<JsonObject> rows, Call call)
    {
        var match = call.Query.GetValueOrDefault("_match", "contains");
        foreach (var (name, value) in call.Query.Where(parameter => !Parameters.Contains(parameter.Key)))
            rows = rows.Where(RowCondition.Matching(name, value, match));
        var query = new RowQuery(version, fields) { AmbiguousField = AmbiguousField, JoinsAttributes = JoinsAttributes };
        string?[] texts = [call.Query.GetValueOrDefault("q"), version.ReadsQueryHeader ? call.Headers["x-koha-query"].ToString() : null, call.Body];
        foreach (var json in texts)
        {
            if (!string.IsNullOrEmpty(json))
                rows = rows.Where(query.Parse(json));
        }

        return rows;
    }

    /// <exception cref="BrokenException">The database refuses the column.</exception>
    public IEnumerable<JsonObject> Order(IEnumerable<JsonObject> rows, Call call)
    {
        if (!call.Query.TryGetValue("_order_by", out var order))
            return rows;
        var name = order.TrimStart('+', '-', ' ');
        var field = name.StartsWith("me.", StringComparison.Ordinal) ? name[3..] : name;
        if (!fields.Contains(field) || name == AmbiguousField)
            throw new BrokenException($"Unknown column {name}.");
        string Key(JsonObject row) => row[field] is JsonValue value ? Sortable(value) : string.Empty;
        return order.StartsWith('-') ? rows.OrderByDescending(Key, StringComparer.Ordinal) : rows.OrderBy(Key, StringComparer.Ordinal);
    }

    private static string Sortable(JsonValue value) =>
        value.TryGetValue(out int number) ? number.ToString("D10", CultureInfo.InvariantCulture) : Collation.Key(value.ToString());

    private static JsonObject Fault(string message, string parameter) => new JsonObject { ["message"] = message, ["path"] = $"/query/{parameter}" };
}
