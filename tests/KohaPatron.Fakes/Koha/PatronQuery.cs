using System.Text.Json;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>A q that Koha cannot make a database query of; it answers 500.</summary>
public sealed class BadQueryException(string message) : Exception(message);

/// <summary>The filters of a list: plain parameters with _match, and q with its JSON.</summary>
internal sealed class PatronQuery(IReadOnlyCollection<string> fields, bool embedsAttributes)
{
    /// <summary>A plain parameter: exact, contains (the default), starts_with or ends_with.</summary>
    public static Func<JsonObject, bool> Matching(string field, string value, string match)
    {
        var key = Collation.Key(value);
        return patron => patron[field] is JsonValue held && match switch
        {
            "exact" => Collation.Key(held.ToString()) == key,
            "starts_with" => Collation.Key(held.ToString()).StartsWith(key, StringComparison.Ordinal),
            "ends_with" => Collation.Key(held.ToString()).EndsWith(key, StringComparison.Ordinal),
            _ => Collation.Key(held.ToString()).Contains(key, StringComparison.Ordinal),
        };
    }

    /// <exception cref="BadQueryException">Not JSON, or an unknown field.</exception>
    public Func<JsonObject, bool> Parse(string json)
    {
        try
        {
            return Parse(JsonNode.Parse(json));
        }
        catch (JsonException e)
        {
            throw new BadQueryException(e.Message);
        }
    }

    private Func<JsonObject, bool> Parse(JsonNode? node) => node switch
    {
        JsonArray either => Any([.. either.Select(Parse)]),
        JsonObject all => All(all),
        _ => throw new BadQueryException("Neither a list nor an object."),
    };

    private Func<JsonObject, bool> All(JsonObject conditions)
    {
        var attribute = conditions.Where(condition => condition.Key.StartsWith("extended_attributes.", StringComparison.Ordinal)).ToList();
        if (attribute.Count > 0 && !embedsAttributes)
            throw new BadQueryException("extended_attributes is not joined.");
        var tests = conditions.Except(attribute).Select(condition => Field(condition.Key, condition.Value)).ToList();
        if (attribute.Count > 0)
        {
            // One joined row must fulfil all of them.
            var onRow = attribute.Select(condition => Condition(condition.Key["extended_attributes.".Length..], condition.Value)).ToArray();
            tests.Add(patron => patron[KohaState.Attributes]!.AsArray().Any(row => onRow.All(test => test(row!.AsObject()))));
        }

        return patron => tests.TrueForAll(test => test(patron));
    }

    private Func<JsonObject, bool> Field(string name, JsonNode? value)
    {
        if (name is "-or" or "-and")
        {
            var parts = value!.AsArray().Select(Parse).ToArray();
            return name == "-or" ? Any(parts) : patron => parts.All(test => test(patron));
        }

        var field = name.StartsWith("me.", StringComparison.Ordinal) ? name[3..] : name;
        if (!fields.Contains(field))
            throw new BadQueryException($"Unknown field {field}.");
        return Condition(field, value);
    }

    private static Func<JsonObject, bool> Condition(string field, JsonNode? value) => value switch
    {
        null => row => row[field] is null,
        JsonArray any when any.All(each => each is JsonValue) => OneOf(field, any),
        JsonArray any => Any([.. any.Select(each => Condition(field, each))]),
        JsonObject operators => row => operators.All(each => Operator(field, each.Key, each.Value)(row)),
        JsonValue one => row => row[field] is JsonValue held && Collation.Same(held.ToString(), one.ToString()),
        _ => throw new BadQueryException("Not a value."),
    };

    /// <summary>A list of values is looked up, as a database does with its index.</summary>
    private static Func<JsonObject, bool> OneOf(string field, JsonArray values)
    {
        var keys = values.Select(value => Collation.Key(value!.ToString())).ToHashSet(StringComparer.Ordinal);
        return row => row[field] is JsonValue held && keys.Contains(Collation.Key(held.ToString()));
    }

    private static Func<JsonObject, bool> Operator(string field, string name, JsonNode? value) => name switch
    {
        "-in" or "=" => Condition(field, value),
        "!=" or "-not_in" => Not(Condition(field, value)),
        "-like" => Like(field, (string)value!),
        _ => throw new BadQueryException($"Unknown operator {name}."),
    };

    private static Func<JsonObject, bool> Like(string field, string pattern)
    {
        var key = Collation.Key(pattern.Trim('%'));
        return (pattern.StartsWith('%'), pattern.EndsWith('%')) switch
        {
            (true, true) => Matching(field, key, "contains"),
            (true, false) => Matching(field, key, "ends_with"),
            (false, true) => Matching(field, key, "starts_with"),
            _ => Matching(field, key, "exact"),
        };
    }

    private static Func<JsonObject, bool> Any(Func<JsonObject, bool>[] tests) => patron => tests.Any(test => test(patron));

    private static Func<JsonObject, bool> Not(Func<JsonObject, bool> test) => patron => !test(patron);
}
