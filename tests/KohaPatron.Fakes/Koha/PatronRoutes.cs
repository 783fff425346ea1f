using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>/patrons and /patrons/{id}</summary>
internal sealed class PatronRoutes(KohaState state, FakeKohaOptions options)
{
    private static readonly string[] ListParameters = ["_match", "_page", "_per_page", "_order_by", "q"];

    public Answer List(Call call)
    {
        if (call.Needs(ApiRight.EditBorrowers) is { } refusal)
            return refusal;
        var unknown = call.Query.Keys.Where(name => !ListParameters.Contains(name) && !Fields.Contains(name)).ToList();
        if (unknown.Count > 0)
            return new Answer(400, new JsonArray([.. unknown.Select(name => (JsonNode)new JsonObject { ["message"] = "Malformed query string", ["path"] = $"/query/{name}" })]));
        if (call.Query.TryGetValue("_per_page", out var size) && size == "0" && !options.IsNew)
            return Answer.Broken();
        try
        {
            return Page(call, Select(call).ToList());
        }
        catch (BadQueryException)
        {
            return Answer.Broken();
        }
    }

    public Answer Get(Call call, int id)
    {
        if (call.Needs(ApiRight.EditBorrowers) is { } refusal)
            return refusal;
        return state.Find(id) is { } patron ? new Answer(200, Shown(patron, call)) : Answer.Error(404, "Patron not found.");
    }

    public Answer Delete(Call call, int id)
    {
        if (call.Needs(ApiRight.Borrowers) is { } refusal)
            return refusal;
        return state.Patrons.RemoveAll(patron => (int)patron["patron_id"]! == id) > 0 ? new Answer(204) : Answer.Error(404, "Patron not found");
    }

    public Answer Put(Call call, int id)
    {
        if (call.Needs(ApiRight.Borrowers) is { } refusal)
            return refusal;
        var (json, invalid) = call.Json<JsonObject>("object");
        if (invalid is not null)
            return invalid;
        var wanted = json!.AsObject();
        if (PatronSchema.Check(wanted, Fields, options.IsNew, isNewPatron: false) is { } faults)
            return faults;
        if (state.Find(id) is not { } patron)
            return Answer.Error(404, "Patron not found");
        if (wanted.ContainsKey("email") && IsSuper(id) && call.Client.Right < ApiRight.Superlibrarian)
            return Answer.Error(403, "Not enough privileges to change a superlibrarian's email");
        if (Conflict(id, wanted) is { } conflict)
            return conflict;
        // 23.05 falls over attributes in this body.
        if (wanted.ContainsKey(KohaState.Attributes))
            return Answer.Broken();
        return Write(patron, wanted) || !options.IsNew ? new Answer(200, Shown(patron, call)) : new Answer(204);
    }

    public Answer Post(Call call)
    {
        if (call.Needs(ApiRight.EditBorrowers) is { } refusal)
            return refusal;
        var (json, invalid) = call.Json<JsonObject>("object");
        if (invalid is not null)
            return invalid;
        var wanted = json!.AsObject();
        if (PatronSchema.Check(wanted, Fields, options.IsNew, isNewPatron: true) is { } faults)
            return faults;
        if (LooksLikeAnother(wanted) && call.Headers["x-confirm-not-duplicate"] != "1")
            return Answer.Error(409, "A patron record matching these details already exists");
        if (Conflict(0, wanted) is { } conflict)
            return conflict;
        var attributes = wanted[KohaState.Attributes] as JsonArray ?? [];
        wanted.Remove(KohaState.Attributes);
        Default(wanted);
        var patron = state.Add(Stored(wanted));
        if (AddAttributes(patron, attributes) is { } attributeFault)
        {
            state.Patrons.Remove(patron);
            return Answer.Error(400, attributeFault);
        }

        return new Answer(201, Created(patron, wanted)).With("Location", $"/api/v1/patrons/{(int)patron["patron_id"]!}");
    }

    private IReadOnlyList<string> Fields => options.IsNew ? [.. state.PatronFields, "preferred_name", "expired"] : state.PatronFields;

    private IEnumerable<JsonObject> Select(Call call)
    {
        IEnumerable<JsonObject> patrons = state.Patrons;
        var query = new PatronQuery(Fields, call.EmbedsAttributes);
        var match = call.Query.GetValueOrDefault("_match", "contains");
        foreach (var (name, value) in call.Query.Where(parameter => !ListParameters.Contains(parameter.Key)))
            patrons = patrons.Where(PatronQuery.Matching(name, value, match));
        foreach (var json in new[] { call.Query.GetValueOrDefault("q"), call.Headers["x-koha-query"].ToString(), call.Body })
        {
            if (!string.IsNullOrEmpty(json))
                patrons = patrons.Where(query.Parse(json));
        }

        return patrons;
    }

    private Answer Page(Call call, List<JsonObject> found)
    {
        var parameters = new SortedDictionary<string, string>(call.Query.ToDictionary(), StringComparer.Ordinal);
        foreach (var header in new[] { "x-koha-embed", "x-koha-query" })
        {
            if (call.Headers.TryGetValue(header, out var value))
                parameters[header] = value.ToString();
        }

        if (call.Body.Length > 0)
            parameters["query"] = "HASH(0x0)";
        var paging = new Paging(call.Root, call.Path, parameters);
        var ordered = Ordered(found, call);
        var answer = ordered is null
            ? Answer.Broken()
            : new Answer(200, new JsonArray([.. paging.Cut(ordered).Select(patron => (JsonNode)Shown(patron, call))]));
        return paging.Head(answer, found.Count, state.Patrons.Count);
    }

    /// <summary>The list in its order, or null where the database refuses the column.</summary>
    private IEnumerable<JsonObject>? Ordered(List<JsonObject> found, Call call)
    {
        if (!call.Query.TryGetValue("_order_by", out var order))
            return AsFound(found, call);
        var name = order.TrimStart('+', '-', ' ');
        var field = name.StartsWith("me.", StringComparison.Ordinal) ? name[3..] : name;
        // With the attributes joined, a bare patron_id could be either table's.
        if (!Fields.Contains(field) || (call.EmbedsAttributes && name == "patron_id"))
            return null;
        string Key(JsonObject patron) => patron[field] is JsonValue value ? Sortable(value) : string.Empty;
        return order.StartsWith('-') ? found.OrderByDescending(Key, StringComparer.Ordinal) : found.OrderBy(Key, StringComparer.Ordinal);
    }

    /// <summary>Without an order the rows come as the database finds them: by the unique index that a list of values is looked up in, else by their ids.</summary>
    private static IEnumerable<JsonObject> AsFound(List<JsonObject> found, Call call)
    {
        var indexed = Array.Find(["cardnumber", "userid"], field => Regex.IsMatch(call.Query.GetValueOrDefault("q", string.Empty), $"\"{field}\"\\s*:\\s*\\[", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return indexed is null ? found : found.OrderBy(patron => Collation.Key(patron[indexed]?.ToString() ?? string.Empty), StringComparer.Ordinal);
    }

    private static string Sortable(JsonValue value) =>
        value.TryGetValue(out int number) ? number.ToString("D10", CultureInfo.InvariantCulture) : Collation.Key(value.ToString());

    private JsonObject Shown(JsonObject patron, Call call)
    {
        var shown = patron.DeepClone().AsObject();
        if (!call.EmbedsAttributes)
            shown.Remove(KohaState.Attributes);
        if (options.IsNew)
        {
            shown.TryAdd("preferred_name", shown["firstname"]?.DeepClone());
            shown.TryAdd("expired", false);
        }

        if (!state.Blanked.Contains((int)patron["patron_id"]!))
            return shown;
        foreach (var field in shown.Select(each => each.Key).Where(key => key is not ("patron_id" or "library_id" or "category_id")).ToList())
            shown[field] = null;
        return shown;
    }

    private bool IsSuper(int id) => state.Clients.Any(client => client.PatronId == id && client.Right == ApiRight.Superlibrarian);

    private Answer? Conflict(int id, JsonObject wanted)
    {
        if (!state.HasLibrary((string?)wanted["library_id"]))
            return Answer.Error(400, "Given library_id does not exist");
        if (!state.HasCategory((string?)wanted["category_id"]))
            return Answer.Error(400, "Given category_id does not exist");
        if (wanted["cardnumber"] is JsonValue card && state.Other(id, "cardnumber", Cut(card.ToString())) is not null)
            return new Answer(409, new JsonObject { ["error"] = "Duplicate ID", ["conflict"] = "cardnumber" });
        if (wanted["userid"] is JsonValue user && state.Other(id, "userid", user.ToString()) is not null)
            return Answer.Error(400, $"Problem with {user}");
        return null;
    }

    private bool LooksLikeAnother(JsonObject wanted) => options.IsNew && state.Patrons.Any(patron =>
        Alike(patron, wanted, "surname") && Alike(patron, wanted, "firstname") && Alike(patron, wanted, "date_of_birth"));

    private static bool Alike(JsonObject one, JsonObject other, string field) =>
        Collation.Same(one[field]?.ToString() ?? string.Empty, other[field]?.ToString() ?? string.Empty);

    /// <summary>Changes the keys that were sent, and no other; false where nothing changed.</summary>
    private static bool Write(JsonObject patron, JsonObject wanted)
    {
        var changed = false;
        foreach (var (name, value) in Stored(wanted))
        {
            changed |= !JsonNode.DeepEquals(patron[name], value);
            patron[name] = value?.DeepClone();
        }

        return changed;
    }

    /// <summary>As the database keeps it: text columns hold text, and a card is cut to its 32 characters without a word.</summary>
    private static JsonObject Stored(JsonObject wanted)
    {
        var stored = new JsonObject();
        foreach (var (name, value) in wanted)
            stored[name] = name is "cardnumber" or "userid" && value is JsonValue text ? (JsonNode)(name == "cardnumber" ? Cut(text.ToString().Trim()) : text.ToString()) : value?.DeepClone();
        return stored;
    }

    private static string Cut(string card) => card[..Math.Min(card.Length, 32)];

    private void Default(JsonObject wanted)
    {
        var now = options.Time.GetUtcNow();
        if (string.IsNullOrEmpty((string?)wanted["userid"]))
            wanted["userid"] = $"{wanted["firstname"]}.{wanted["surname"]}".ToLowerInvariant();
        if (wanted["date_enrolled"] is null)
            wanted["date_enrolled"] = now.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (wanted["expiry_date"] is null)
            wanted["expiry_date"] = now.AddYears(1).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
    }

    private string? AddAttributes(JsonObject patron, JsonArray attributes)
    {
        foreach (var attribute in attributes)
        {
            var (type, value) = ((string)attribute!["type"]!, (string)attribute["value"]!);
            if (state.Refusal(patron, type, value, patron[KohaState.Attributes]!.AsArray()) is { } refusal)
                return refusal;
            state.AddAttribute(patron, type, value);
        }

        return null;
    }

    /// <summary>The answer to a POST shows what was sent, and what the database fills in by itself; not the whole record.</summary>
    private static JsonObject Created(JsonObject patron, JsonObject sent)
    {
        string[] filled = ["anonymized", "autorenew_checkouts", "cardnumber", "date_of_birth", "date_renewed", "incorrect_address", "last_seen", "patron_card_lost", "patron_id", "privacy", "privacy_guarantor_fines", "restricted", "updated_on"];
        var shown = new JsonObject();
        foreach (var field in sent.Select(each => each.Key).Union(filled))
            shown[field] = field == "autorenew_checkouts" ? false : patron[field]?.DeepClone();
        return shown;
    }
}
