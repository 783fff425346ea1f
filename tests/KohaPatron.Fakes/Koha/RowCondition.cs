using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>A condition on one field, compared as the database compares.</summary>
internal static class RowCondition
{
    /// <summary>A plain parameter: exact, contains (the default), starts_with or ends_with.</summary>
    public static Func<JsonObject, bool> Matching(string field, string value, string match)
    {
        var key = Collation.Key(value);
        return row => row[field] is JsonValue held && match switch
        {
            "exact" => Collation.Key(held.ToString()) == key,
            "starts_with" => Collation.Key(held.ToString()).StartsWith(key, StringComparison.Ordinal),
            "ends_with" => Collation.Key(held.ToString()).EndsWith(key, StringComparison.Ordinal),
            _ => Collation.Key(held.ToString()).Contains(key, StringComparison.Ordinal),
        };
    }

    public static Func<JsonObject, bool> Any(Func<JsonObject, bool>[] tests) => row => Array.Exists(tests, test => test(row));

    /// <summary>What q asks of a field: a value, null, a list (any of them), or operators (all of them).</summary>
    public static Func<JsonObject, bool> On(string field, JsonNode? value, KohaVersion version)
    {
        switch (value)
        {
            case null:
                return row => row[field] is null;
            case JsonArray values when values.All(each => each is JsonValue):
                return OneOf(field, values);
            case JsonArray parts:
                return Any([.. parts.Select(each => On(field, each, version))]);
            case JsonObject operators:
                var tests = operators.Select(each => Operator(field, each.Key, each.Value, version)).ToArray();
                return row => Array.TrueForAll(tests, test => test(row));
            default:
                return OneOf(field, [value.DeepClone()]);
        }
    }

    private static Func<JsonObject, bool> Operator(string field, string name, JsonNode? value, KohaVersion version) => name switch
    {
        "=" or "==" or "-in" or "in" => On(field, value, version),
        "!=" or "<>" or "-not_in" or "not_in" => value is null ? row => row[field] is not null : Not(field, On(field, value, version)),
        "-like" or "like" => Like(field, value!.ToString()),
        "-not_like" or "not_like" => Not(field, Like(field, value!.ToString())),
        "<" => Compared(field, value, order => order < 0),
        "<=" => Compared(field, value, order => order <= 0),
        ">" => Compared(field, value, order => order > 0),
        ">=" => Compared(field, value, order => order >= 0),
        "-between" or "between" when value is JsonArray { Count: 2 } ends => row => Compared(field, ends[0], order => order >= 0)(row) && Compared(field, ends[1], order => order <= 0)(row),
        _ when version.RefusesBadQueries => throw new RefusedException(new Answer(400, new JsonObject { ["error"] = 1, ["error_code"] = "invalid_query" }).Bare()),
        _ => throw new BrokenException($"Unknown operator {name}."),
    };

    /// <summary>A list of values is looked up, as a database does with its index.</summary>
    private static Func<JsonObject, bool> OneOf(string field, JsonArray values)
    {
        var keys = values.Select(value => Key(field, value!)).ToHashSet(StringComparer.Ordinal);
        return row => row[field] is JsonValue held && keys.Contains(Key(field, held));
    }

    private static Func<JsonObject, bool> Compared(string field, JsonNode? value, Func<int, bool> holds)
    {
        if (value is null)
            return _ => false;
        var key = Key(field, value);
        return row => row[field] is JsonValue held && holds(string.CompareOrdinal(Key(field, held), key));
    }

    // SQL: neither a condition nor its opposite holds for null.
    private static Func<JsonObject, bool> Not(string field, Func<JsonObject, bool> test) => row => row[field] is not null && !test(row);

    private static Func<JsonObject, bool> Like(string field, string pattern)
    {
        var form = "^" + Regex.Escape(Collation.Key(pattern)).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$";
        var regex = new Regex(form, RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return row => row[field] is JsonValue held && regex.IsMatch(Collation.Key(held.ToString()));
    }

    /// <summary>A value in a form that compares ordinally.</summary>
    private static string Key(string field, JsonNode value)
    {
        var text = value.ToString();
        if (PatronFields.Times.Contains(field))
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? PatronWriter.Stamp(time) : throw new BrokenException($"No time: {text}");
        if (PatronFields.Dates.Contains(field) && !BodySchema.IsDate(text))
            throw new BrokenException($"No date: {text}");
        return PatronFields.Integers.Contains(field) ? text.PadLeft(10, '0') : Collation.Key(text);
    }
}
