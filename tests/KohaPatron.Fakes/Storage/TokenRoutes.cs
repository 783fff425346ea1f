using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace KohaPatron.Fakes.Storage;

/// <summary>Who gives out tokens: Google's token endpoint, the security token service, a machine's metadata server, and the service that lends accounts.</summary>
public sealed class TokenRoutes
{
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);
    private int _issued;

    /// <summary>Whether a machine's metadata server is there.</summary>
    public bool HasMetadataServer { get; set; } = true;

    /// <summary>What the token endpoint says instead of giving a token: Google's words; null: nothing.</summary>
    public string? Refusal { get; set; }

    /// <summary>How often the token endpoint fails before it answers.</summary>
    public int Failures { get; set; }

    /// <summary>The bodies of the requests for tokens, decoded.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Asked { get; } = new();

    /// <summary>Makes all tokens worthless at once.</summary>
    public void RevokeAll() => _tokens.Clear();

    internal bool IsGood(string authorization) => authorization.StartsWith("Bearer ", StringComparison.Ordinal) && _tokens.ContainsKey(authorization[7..]);

    /// <summary>The answer to a request for a token, or null where it is another request.</summary>
    internal StorageAnswer? Route(StorageCall call) => (call.Method, call.Segments) switch
    {
        ("POST", ["token"]) => Token(call),
        ("POST", ["v1", "token"]) => StorageAnswer.Of(new JsonObject { ["access_token"] = Issue(), ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token", ["token_type"] = "Bearer", ["expires_in"] = 3599 }),
        ("POST", ["v1", "projects", "-", "serviceAccounts", _]) => StorageAnswer.Of(new JsonObject { ["accessToken"] = Issue(), ["expireTime"] = "2030-01-01T00:00:00Z" }),
        ("GET", [""]) when IsMetadata(call) => StorageAnswer.Text(200, "application/text", "").With("Metadata-Flavor", "Google"),
        ("GET", ["computeMetadata", "v1", "instance", "service-accounts", "default", "token"]) when IsMetadata(call) => Given().With("Metadata-Flavor", "Google"),
        _ => null,
    };

    private StorageAnswer Token(StorageCall call)
    {
        if (Failures > 0)
        {
            Failures--;
            return StorageAnswer.Of(new JsonObject { ["error"] = "internal_failure" }, 503);
        }

        Asked.Enqueue(Encoding.UTF8.GetString(call.Body).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]), StringComparer.Ordinal));
        return Refusal is null ? Given() : StorageAnswer.Of(new JsonObject { ["error"] = "invalid_grant", ["error_description"] = Refusal }, 400);
    }

    private StorageAnswer Given() => StorageAnswer.Of(new JsonObject { ["access_token"] = Issue(), ["expires_in"] = 3599, ["token_type"] = "Bearer" });

    private string Issue()
    {
        var token = $"tok-{Interlocked.Increment(ref _issued)}";
        _tokens[token] = true;
        return token;
    }

    private bool IsMetadata(StorageCall call) => HasMetadataServer && call.Headers["Metadata-Flavor"] == "Google";
}
