using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KohaPatron.Fakes.Koha;

/// <summary>A request, read whole: what the routes decide on.</summary>
internal sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Query, IHeaderDictionary Headers, string Body, string? ContentType, ApiClient Client, Uri Root)
{
    public bool EmbedsAttributes => Embeds.Contains(KohaState.Attributes, StringComparer.Ordinal);

    private string[] Embeds => Headers["x-koha-embed"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The query's parameters in the order of the Link headers.</summary>
    public SortedDictionary<string, string> SortedQuery => new(Query.ToDictionary(), StringComparer.Ordinal);

    /// <summary>The JSON of the body.</summary>
    /// <exception cref="RefusedException">The body is another kind of thing.</exception>
    public TNode Json<TNode>(string expected)
        where TNode : JsonNode
    {
        if (ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            throw new RefusedException(Answer.Invalid(($"Expected application/json - got {ContentType}.", "/body")));
        JsonNode? json;
        try
        {
            json = JsonNode.Parse(Body);
        }
        catch (JsonException)
        {
            throw new RefusedException(Answer.Invalid(($"Expected {expected} - got string.", "/body")));
        }

        return json as TNode ?? throw new RefusedException(Answer.Invalid(($"Expected {expected} - got {JsonKind.Of(json)}.", "/body")));
    }

    /// <exception cref="RefusedException">The key's patron may not.</exception>
    public void Needs(Need? need)
    {
        if (need?.IsMetBy(Client.Permissions) == false)
        {
            throw new RefusedException(new Answer(403, new JsonObject
            {
                ["error"] = "Authorization failure. Missing required permission(s).",
                ["required_permissions"] = need.ToJson(),
            }).Bare());
        }
    }

    /// <exception cref="RefusedException">Something is to be embedded that there is not.</exception>
    public void ChecksEmbeds(KohaVersion version)
    {
        var unknown = Embeds.Index().Where(each => !version.Embeds.Contains(each.Item)).ToList();
        if (unknown.Count > 0)
            throw new RefusedException(Answer.Invalid(unknown.Select(each => ($"Not in enum list: {string.Join(", ", version.Embeds)}.", $"/x-koha-embed/{each.Index}"))));
    }
}

/// <summary>How the API's schema calls a kind of JSON.</summary>
internal static class JsonKind
{
    public static string Of(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        _ => "string",
    };
}
