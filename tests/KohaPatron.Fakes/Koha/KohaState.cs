using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>
/// What this Koha knows: patrons with every field of every release, attributes, libraries, categories, keys, and what a
/// librarian or an administrator did elsewhere. Guarded by its own lock.
/// </summary>
public sealed class KohaState
{
    private int _nextPatron;
    private int _nextAttribute;

    public KohaState(JsonObject seed)
    {
        Libraries = [.. seed["libraries"]!.AsArray().Select(library => library!.DeepClone().AsObject())];
        Categories = [.. seed["categories"]!.AsArray().Select(category => PatronCategory.From(category!.AsObject()))];
        AttributeTypes = [.. seed["attribute_types"]!.AsArray().Select(type => AttributeType.From(type!.AsObject()))];
        PatronFields = [.. seed["patrons"]![0]!.AsObject().Select(field => field.Key).Where(key => key != Attributes)];
        Patrons = [.. seed["patrons"]!.AsArray().Select(patron => WithLaterFields(patron!.DeepClone().AsObject()))];
        Clients = [.. seed["api_clients"]!.AsArray().Select(client => ApiClient.From(client!.AsObject()))];
        _nextPatron = (int)seed["next_patron_id"]!;
        _nextAttribute = (int)seed["next_extended_attribute_id"]!;
        if (seed["authorised_values"] is JsonObject values)
            AuthorisedValues = values.ToDictionary(category => category.Key, category => category.Value!.DeepClone().AsArray());
    }

    /// <summary>The key under which a patron's attributes are kept; shown only where they are asked for.</summary>
    public const string Attributes = "extended_attributes";

    public Lock Gate { get; } = new();

    public List<JsonObject> Patrons { get; }

    public IReadOnlyList<JsonObject> Libraries { get; }

    public List<ApiClient> Clients { get; }

    public List<PatronCategory> Categories { get; }

    public List<AttributeType> AttributeTypes { get; }

    /// <summary>Values by category; a category that is not there is unknown.</summary>
    public Dictionary<string, JsonArray> AuthorisedValues { get; } = new() { ["LOST"] = [] };

    /// <summary>The ids of patrons whose values the API blanks, as newer releases do with those of other libraries.</summary>
    public HashSet<int> Blanked { get; } = [];

    public Ties Ties { get; } = new();

    public Preferences Preferences { get; } = new();

    /// <summary>Whether the database server is gone while the API still runs.</summary>
    public bool DatabaseIsDown { get; set; }

    /// <summary>The fields of a patron in 23.05.</summary>
    public IReadOnlyList<string> PatronFields { get; }

    public static KohaState Load(FakeKohaOptions options)
    {
        var state = new KohaState(Read(options.SeedPath is { } path ? File.OpenRead(path) : Resource("koha-rest-seed.json")));
        if (options.HasNarrowKeys)
            state.AddKeys(Read(Resource("koha-rest-seed-25.06-sync-extra.json")));
        return state;
    }

    public JsonObject? Find(int id) => Patrons.Find(patron => (int)patron["patron_id"]! == id);

    /// <summary>The library of the key's patron.</summary>
    public string? LibraryOf(ApiClient client) => (string?)Find(client.PatronId)?["library_id"];

    /// <summary>The patron with a value that the database takes for the same, other than one.</summary>
    public JsonObject? Other(int id, string field, string value)
    {
        var key = Collation.Key(value);
        return Patrons.Find(patron => (string?)patron[field] is { } theirs && Collation.Key(theirs) == key && (int)patron["patron_id"]! != id);
    }

    public bool HasLibrary(string? id) => id is not null && Libraries.Any(library => Collation.Same((string)library["library_id"]!, id));

    public PatronCategory? Category(string? id) => id is null ? null : Categories.Find(category => Collation.Same(category.Id, id));

    public AttributeType? FindAttributeType(string code) => AttributeTypes.Find(type => type.Code == code);

    /// <summary>Adds a patron with the given fields over empty ones; gives the whole record.</summary>
    public JsonObject Add(JsonObject fields)
    {
        var patron = new JsonObject();
        foreach (var field in PatronFields.Concat(KohaVersion.V2506.AddedFields))
            patron[field] = Koha.PatronFields.Empty(field);
        patron.Remove("expired");
        foreach (var (name, value) in fields)
            patron[name] = value?.DeepClone();
        patron["patron_id"] = _nextPatron++;
        patron[Attributes] = new JsonArray();
        Patrons.Add(patron);
        return patron;
    }

    /// <summary>Takes a patron away, with the keys and whatever else hung on it.</summary>
    public void Remove(JsonObject patron)
    {
        Patrons.Remove(patron);
        Clients.RemoveAll(client => client.PatronId == (int)patron["patron_id"]!);
    }

    /// <summary>Adds an attribute; what is longer than its column is cut.</summary>
    public JsonObject AddAttribute(JsonObject patron, string type, string? value)
    {
        var added = new JsonObject { ["extended_attribute_id"] = _nextAttribute++, ["type"] = type, ["value"] = CutAttribute(value) };
        SetAttributes(patron, [.. AttributesOf(patron), added]);
        return added;
    }

    /// <summary>Gives a patron these attributes, in the order in which Koha shows them: by type, then value.</summary>
    public static void SetAttributes(JsonObject patron, IEnumerable<JsonObject> attributes) => patron[Attributes] = new JsonArray([.. attributes
        .Select(each => each.DeepClone().AsObject())
        .OrderBy(each => (string)each["type"]!, StringComparer.Ordinal)
        .ThenBy(each => Collation.Key((string?)each["value"] ?? ""), StringComparer.Ordinal)]);

    public static IEnumerable<JsonObject> AttributesOf(JsonObject patron) => patron[Attributes]!.AsArray().Select(each => each!.AsObject());

    public static string? CutAttribute(string? value) => value is { Length: > 255 } ? value[..255] : value;

    private void AddKeys(JsonObject extra)
    {
        foreach (var client in extra["api_clients"]!.AsArray().Select(each => ApiClient.From(each!.AsObject())))
        {
            // Their patrons are made as that of the first key was.
            var patron = Patrons[0].DeepClone().AsObject();
            patron["patron_id"] = client.PatronId;
            patron["surname"] = client.UserId;
            patron["userid"] = client.UserId;
            patron["cardnumber"] = client.UserId.ToUpperInvariant() + "001";
            Patrons.Add(patron);
            Clients.Add(client);
        }

        _nextPatron = (int)extra["next_patron_id"]!;
    }

    private static JsonObject WithLaterFields(JsonObject patron)
    {
        patron.TryAdd("preferred_name", patron["firstname"]?.DeepClone());
        patron.TryAdd("protected", false);
        patron["privacy_guarantor_checkouts"] = false;
        return patron;
    }

    private static Stream Resource(string name) => typeof(KohaState).Assembly.GetManifestResourceStream(name)!;

    private static JsonObject Read(Stream stream)
    {
        using (stream)
            return JsonSerializer.Deserialize<JsonObject>(stream)!;
    }
}
