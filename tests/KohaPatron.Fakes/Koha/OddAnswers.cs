using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Koha;

/// <summary>Successes that are none: what a proxy, a plugin or a broken release makes of an answer.</summary>
public static class OddAnswers
{
    public static Answer EmptyObject(Answer answer) => answer with { Body = new JsonObject() };

    public static Answer IdAsText(Answer answer)
    {
        foreach (var patron in Patrons(answer))
            patron["patron_id"] = patron["patron_id"]?.ToString();
        return answer;
    }

    /// <summary>Neither patron_id nor Location.</summary>
    public static Answer WithoutId(Answer answer)
    {
        foreach (var patron in Patrons(answer))
            patron.Remove("patron_id");
        return answer with { Headers = [.. answer.Headers.Where(header => header.Key != "Location")] };
    }

    /// <summary>All values null; the id stands in Location only.</summary>
    public static Answer Nulls(Answer answer)
    {
        foreach (var patron in Patrons(answer))
        {
            foreach (var field in patron.Select(each => each.Key).ToList())
                patron[field] = null;
        }

        return answer;
    }

    /// <summary>A list without its last row, whose count still tells of it.</summary>
    public static Answer OneShort(Answer answer)
    {
        if (answer.Body is JsonArray { Count: > 0 } rows)
            rows.RemoveAt(rows.Count - 1);
        return answer;
    }

    /// <summary>The first row of a list in place of the list.</summary>
    public static Answer NoList(Answer answer) =>
        answer.Body is JsonArray rows ? answer with { Body = rows.FirstOrDefault()?.DeepClone() ?? new JsonObject() } : answer;

    private static IEnumerable<JsonObject> Patrons(Answer answer) => answer.Body switch
    {
        JsonObject patron => [patron],
        JsonArray rows => rows.OfType<JsonObject>(),
        _ => [],
    };
}
