using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>The JSON of a q: conditions on fields, and on the attributes where they are joined.</summary>
internal sealed class RowQuery(KohaVersion version, IReadOnlyCollection<string> fields)
{
    private const string AttributePrefix = KohaState.Attributes + ".";

    public string? AmbiguousField { get; init; }

    public bool JoinsAttributes { get; init; }

    /// <exception cref="BrokenException">Not JSON, an unknown field, or a value that the database does not take.</exception>
    /// <exception cref="RefusedException">An unknown operator, where the release tells it.</exception>
    public Func<JsonObject, bool> Parse(string json)
    {
        try
        {
            return Parse(JsonNode.Parse(json));
        }
        catch (JsonException e)
        {
            throw new BrokenException(e.Message);
        }
    }

    private Func<JsonObject, bool> Parse(JsonNode? node) => node switch
    {
        JsonArray either => RowCondition.Any([.. either.Select(Parse)]),
        JsonObject all => All(all),
        _ => throw new BrokenException("Neither a list nor an object."),
    };

    private Func<JsonObject, bool> All(JsonObject conditions)
    {
        var onAttributes = conditions.Where(condition => condition.Key.StartsWith(AttributePrefix, StringComparison.Ordinal)).ToList();
        var tests = conditions.Except(onAttributes).Select(condition => Field(condition.Key, condition.Value)).ToList();
        if (onAttributes.Count > 0)
            tests.Add(Attribute(onAttributes));
        return row => tests.TrueForAll(test => test(row));
    }

    /// <summary>One attribute must fulfil all of them.</summary>
    private Func<JsonObject, bool> Attribute(List<KeyValuePair<string, JsonNode?>> conditions)
    {
        if (!JoinsAttributes)
            throw new BrokenException("extended_attributes is not joined.");
        if (version.RefusesBadQueries && !conditions.Exists(condition => condition.Key == AttributePrefix + "value"))
            return _ => false;
        var tests = conditions.ConvertAll(condition => RowCondition.On(condition.Key[AttributePrefix.Length..], condition.Value, version));
        return row => KohaState.AttributesOf(row).Any(attribute => tests.TrueForAll(test => test(attribute)));
    }

    private Func<JsonObject, bool> Field(string name, JsonNode? value)
    {
        if (name is "-or" or "-and")
        {
            Func<JsonObject, bool>[] parts = value is JsonArray list ? [.. list.Select(Parse)] : throw new BrokenException("Not a list.");
            return name == "-or" ? RowCondition.Any(parts) : row => Array.TrueForAll(parts, test => test(row));
        }

        var field = name.StartsWith("me.", StringComparison.Ordinal) ? name[3..] : name;
        if (!fields.Contains(field) || name == AmbiguousField)
            throw new BrokenException($"Unknown field {name}.");
        return RowCondition.On(field, value, version);
    }
}
