using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace KohaPatron.Fakes.Koha;

/// <summary>A request, read whole: what the routes decide on.</summary>
internal sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Query, IHeaderDictionary Headers, string Body, string? ContentType, ApiClient Client, Uri Root)
{
    public bool EmbedsAttributes => Headers["x-koha-embed"].ToString().Split(',').Contains(KohaState.Attributes, StringComparer.Ordinal);

    /// <summary>The JSON of the body, or the answer that Koha's schema gives.</summary>
    public (JsonNode? Json, Answer? Refusal) Json<TNode>(string expected)
        where TNode : JsonNode
    {
        if (ContentType?.StartsWith("application/json", StringComparison.Ordinal) != true)
            return (null, Answer.Invalid(($"Expected application/json - got {ContentType}.", "/body")));
        try
        {
            return JsonNode.Parse(Body) is TNode json ? (json, null) : (null, Answer.Invalid(($"Expected {expected} - got another.", "/body")));
        }
        catch (JsonException)
        {
            return (null, Answer.Invalid(($"Expected {expected} - got string.", "/body")));
        }
    }

    public Answer? Needs(ApiRight right) => Client.Right >= right ? null : new Answer(403, new JsonObject
    {
        ["error"] = "Authorization failure. Missing required permission(s).",
        ["required_permissions"] = new JsonObject { ["borrowers"] = right == ApiRight.Borrowers ? "1" : "edit_borrowers" },
    });
}
