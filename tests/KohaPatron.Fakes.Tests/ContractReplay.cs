using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Fakes.Tests;

/// <summary>Sends recorded requests to the tests' Koha, with a key's token each.</summary>
internal sealed class ContractReplay(FakeKoha koha) : IAsyncDisposable
{
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, string> _ids = [];

    public KohaState State => koha.State;

    public TokenDesk Tokens => koha.Tokens;

    public static async Task<ContractReplay> StartAsync(KohaVersion version, DateTimeOffset recordedOn, bool hasNarrowKeys = false) =>
        new(await FakeKoha.StartAsync(new FakeKohaOptions { Version = version, HasNarrowKeys = hasNarrowKeys, Time = new StoppedTime(recordedOn) }));

    /// <summary>Gets the token of a case's key, so that it is at hand whatever happens to the key then.</summary>
    public async Task SignInAsync(RecordedCase recorded)
    {
        if (recorded.Client == "none" || _tokens.ContainsKey(recorded.Client))
            return;
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = $"client-{recorded.Client}", ["client_secret"] = $"secret-{recorded.Client}" };
        using var answer = await _http.PostAsync(new Uri(koha.ApiRoot + "/oauth/token"), new FormUrlEncodedContent(form));
        _tokens[recorded.Client] = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }

    public void ForgetTokens() => _tokens.Clear();

    public async Task<GivenAnswer> SendAsync(RecordedCase recorded)
    {
        await SignInAsync(recorded);
        var request = recorded.Request;
        var query = string.Join('&', request["query"]!.AsObject().Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString((string)pair.Value!)}"));
        var path = Regex.Replace((string)request["path"]!, @"(?<=extended_attributes/)\d+", id => _ids.GetValueOrDefault(id.Value, id.Value));
        using var message = new HttpRequestMessage(new HttpMethod((string)request["method"]!), new Uri(koha.ApiRoot, path + (query.Length > 0 ? "?" + query : "")));
        var headers = request["headers"]!.AsObject();
        if (request["body"] is { } body)
            message.Content = Content(body, (string?)headers["Content-Type"]);
        foreach (var (name, value) in headers.Where(header => header.Key != "Content-Type"))
            message.Headers.TryAddWithoutValidation(name, ((string)value!).Replace("<token>", _tokens.GetValueOrDefault(recorded.Client)));
        using var answer = await _http.SendAsync(message);
        // Koha calls its charset "utf8" in places, a name that .NET does not know.
        var text = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        var all = answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToArray());
        var given = new GivenAnswer((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), all);
        MapId(recorded.Response["body"], given.Body);
        return given;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await koha.DisposeAsync();
    }

    /// <summary>Ids of attributes may have other gaps here: later paths name the ones that this server gave.</summary>
    private void MapId(JsonNode? recorded, JsonNode? actual)
    {
        if (recorded is JsonObject && actual is JsonObject && recorded["extended_attribute_id"] is { } there && actual["extended_attribute_id"] is { } here)
            _ids[there.ToString()] = here.ToString();
    }

    private static StringContent Content(JsonNode body, string? type)
    {
        var text = type == "application/x-www-form-urlencoded"
            ? string.Join('&', body.AsObject().Select(pair => $"{pair.Key}={Uri.EscapeDataString((string)pair.Value!)}"))
            : body is JsonValue raw && raw.TryGetValue(out string? written) ? written : body.ToJsonString();
        var content = new StringContent(text, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type ?? "application/json");
        return content;
    }

    private sealed class StoppedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
