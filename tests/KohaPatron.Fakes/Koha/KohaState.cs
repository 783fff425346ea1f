using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>What this Koha knows: patrons as the API shows them, attributes, libraries, categories, clients. Guarded by its own lock.</summary>
public sealed class KohaState
{
    private readonly Dictionary<string, AttributeType> _attributeTypes;
    private readonly HashSet<string> _categories;
    private int _nextPatron;
    private int _nextAttribute;

    public KohaState(JsonObject seed)
    {
        Patrons = [.. seed["patrons"]!.AsArray().Select(patron => patron!.DeepClone().AsObject())];
        Libraries = [.. seed["libraries"]!.AsArray().Select(library => library!.DeepClone().AsObject())];
        Clients = [.. seed["api_clients"]!.AsArray().Select(client => ApiClient.From(client!.AsObject()))];
        _categories = [.. seed["categories"]!.AsArray().Select(category => (string)category!["category_id"]!)];
        _attributeTypes = seed["attribute_types"]!.AsArray().ToDictionary(
            type => (string)type!["type"]!,
            type => new AttributeType((bool)type!["repeatable"]!, (bool)type["unique_id"]!));
        _nextPatron = (int)seed["next_patron_id"]!;
        _nextAttribute = (int)seed["next_extended_attribute_id"]!;
        PatronFields = [.. Patrons[0].Select(field => field.Key).Where(key => key != Attributes)];
        if (seed["authorised_values"] is JsonObject values)
            AuthorisedValues = values.ToDictionary(category => category.Key, category => category.Value!.DeepClone().AsArray());
    }

    /// <summary>The key under which a patron's attributes are kept; shown only where they are asked for.</summary>
    public const string Attributes = "extended_attributes";

    public Lock Gate { get; } = new();

    public List<JsonObject> Patrons { get; }

    public IReadOnlyList<JsonObject> Libraries { get; }

    public List<ApiClient> Clients { get; }

    /// <summary>Values by category; a category that is not there is unknown.</summary>
    public Dictionary<string, JsonArray> AuthorisedValues { get; } = new() { ["LOST"] = [] };

    /// <summary>The ids of patrons whose values the API blanks, as newer releases do with those of other libraries.</summary>
    public HashSet<int> Blanked { get; } = [];

    public IReadOnlyList<string> PatronFields { get; }

    public IReadOnlyCollection<string> Categories => _categories;

    public static KohaState Load(string? path)
    {
        using var stream = path is null ? typeof(KohaState).Assembly.GetManifestResourceStream("koha-rest-seed.json")! : File.OpenRead(path);
        return new KohaState(JsonSerializer.Deserialize<JsonObject>(stream)!);
    }

    public JsonObject? Find(int id) => Patrons.Find(patron => (int)patron["patron_id"]! == id);

    /// <summary>The patron with a value that the database takes for the same, other than one.</summary>
    public JsonObject? Other(int id, string field, string value) =>
        Patrons.Find(patron => (int)patron["patron_id"]! != id && (string?)patron[field] is { } theirs && Collation.Same(theirs, value));

    public bool HasLibrary(string? id) => id is not null && Libraries.Any(library => Collation.Same((string)library["library_id"]!, id));

    public bool HasCategory(string? id) => id is not null && _categories.Contains(id);

    /// <summary>Adds a patron with the given fields over empty ones; gives the whole record.</summary>
    public JsonObject Add(JsonObject fields)
    {
        var patron = new JsonObject();
        foreach (var field in PatronFields)
            patron[field] = Empty(field);
        foreach (var (name, value) in fields)
            patron[name] = value?.DeepClone();
        patron["patron_id"] = _nextPatron++;
        patron[Attributes] = new JsonArray();
        Patrons.Add(patron);
        return patron;
    }

    /// <summary>Why an attribute cannot be added, or null.</summary>
    public string? Refusal(JsonObject patron, string type, string value, IEnumerable<JsonNode?> besides)
    {
        if (!_attributeTypes.TryGetValue(type, out var kind))
            return $"Tried to use an invalid attribute type. type={type}";
        if (!kind.Repeatable && besides.Any(other => (string)other!["type"]! == type))
            return $"Tried to add more than one non-repeatable attributes. type={type} value={value}";
        var taken = kind.Unique && Patrons.Any(other => other != patron && other[Attributes]!.AsArray().Any(theirs => (string)theirs!["type"]! == type && Collation.Same((string)theirs["value"]!, value)));
        return taken ? $"Your action breaks a unique constraint on the attribute. type={type} value={value}" : null;
    }

    public bool HasAttributeType(string type) => _attributeTypes.ContainsKey(type);

    /// <summary>Adds an attribute and keeps them in the order of their types, as Koha gives them.</summary>
    public JsonObject AddAttribute(JsonObject patron, string type, string value)
    {
        var added = new JsonObject { ["extended_attribute_id"] = _nextAttribute++, ["type"] = type, ["value"] = value[..Math.Min(value.Length, 255)] };
        var sorted = patron[Attributes]!.AsArray().Select(each => each!.DeepClone()).Append(added).OrderBy(each => (string)each["type"]!, StringComparer.Ordinal).ToArray();
        patron[Attributes] = new JsonArray(sorted);
        return added;
    }

    private static JsonNode? Empty(string field) => field switch
    {
        "anonymized" or "incorrect_address" or "patron_card_lost" or "restricted" or "privacy_guarantor_fines" => false,
        "autorenew_checkouts" => true,
        "check_previous_checkout" => "inherit",
        "lang" => "default",
        "login_attempts" or "privacy_guarantor_checkouts" => 0,
        "privacy" => 1,
        _ => null,
    };

    private sealed record AttributeType(bool Repeatable, bool Unique);
}

/// <summary>A key of the API.</summary>
public sealed record ApiClient(string Id, string Secret, int PatronId, ApiRight Right, string? UserId)
{
    internal static ApiClient From(JsonObject client)
    {
        var permissions = (string)client["permissions"]!;
        var right = permissions switch
        {
            "superlibrarian" => ApiRight.Superlibrarian,
            "none" => ApiRight.None,
            _ when permissions.Contains("only", StringComparison.Ordinal) => ApiRight.EditBorrowers,
            _ => ApiRight.Borrowers,
        };
        return new ApiClient((string)client["client_id"]!, (string)client["client_secret"]!, (int)client["patron_id"]!, right, (string?)client["client"]);
    }
}

/// <summary>What the key's patron may do, from nothing up.</summary>
public enum ApiRight
{
    None,

    /// <summary>borrowers:edit_borrowers: reading, creating, attributes.</summary>
    EditBorrowers,

    /// <summary>The whole borrowers module, which a PUT wants.</summary>
    Borrowers,
    Superlibrarian,
}
