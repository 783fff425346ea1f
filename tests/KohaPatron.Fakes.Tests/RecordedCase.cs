using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Tests;

/// <summary>A request that was sent to a real Koha, and what it answered.</summary>
internal sealed record RecordedCase(string Name, string Client, JsonNode Request, JsonNode Response)
{
    public static IReadOnlyList<RecordedCase> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, file))
            .Where(line => line.Length > 0)
            .Select(line => JsonNode.Parse(line)!)
            .Select(each => new RecordedCase((string)each["name"]!, (string)each["client"]!, each["request"]!, each["response"]!)),
    ];
}

/// <summary>What the tests' Koha answered.</summary>
internal sealed record GivenAnswer(int Status, JsonNode? Body, IReadOnlyDictionary<string, string[]> Headers)
{
    /// <summary>Status, body and headers are the recorded ones, but for the port, the time of day, tokens, and ids after a gap.</summary>
    public void IsAsRecorded(RecordedCase recorded)
    {
        Assert.Equal(((int)recorded.Response["status"]!, Comparable(recorded.Response["body"])), (Status, Comparable(Body)));
        foreach (var header in new[] { "content-type", "x-total-count", "x-base-total-count", "link", "location" })
            Assert.Equal(Values(recorded.Response["headers"]?[header]), Headers.GetValueOrDefault(header, []).Select(Comparable));
    }

    private static IEnumerable<string> Values(JsonNode? header) =>
        (header switch { null => [], JsonArray many => many.Select(each => (string)each!), _ => [(string)header!] }).Select(Comparable);

    private static string Comparable(string header)
    {
        var withoutPort = Regex.Replace(Regex.Replace(header, @"127\.0\.0\.1:\d+", "host"), "HASH%280x[0-9a-f]+%29", "HASH");
        return Regex.Replace(withoutPort, @"^(/api/v1/.*/)\d+$", "$1N");
    }

    private static string Comparable(JsonNode? body)
    {
        var copy = body is JsonValue value && value.ToString().Length == 0 ? null : body?.DeepClone();
        Scrub(copy);
        return copy?.ToJsonString() ?? "";
    }

    private static void Scrub(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            foreach (var each in list)
                Scrub(each);
        }
        else if (node is JsonObject fields)
        {
            foreach (var (name, value) in fields.OrderBy(field => field.Key, StringComparer.Ordinal).ToList())
            {
                fields.Remove(name);
                fields[name] = Scrubbed(name, value);
                Scrub(fields[name]);
            }
        }
    }

    private static JsonNode? Scrubbed(string name, JsonNode? value) => name switch
    {
        "access_token" => "*",
        // The day tells whether it moved.
        "updated_on" => value?.ToString()[..10],
        "patron_id" or "extended_attribute_id" when value is not null && (int)value > 20 => "*",
        _ => value,
    };
}
