using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Fakes.Tests;

/// <summary>Every answer that was recorded from a real Koha, replayed in its order: status and body agree case by case.</summary>
public sealed class KohaContractTests(KohaContractTests.Replay replay) : IClassFixture<KohaContractTests.Replay>
{
    public static TheoryData<string> Cases => [.. Replay.Recorded().Select(each => (string)each["name"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_answer_is_the_recorded_one(string name)
    {
        var (expected, actual) = replay.Answers[name];
        Assert.Equal((int)expected["status"]!, actual.Status);
        Assert.Equal(Comparable(expected["body"]), Comparable(actual.Body));
        foreach (var header in new[] { "x-total-count", "x-base-total-count", "link" })
            Assert.Equal(Values(expected["headers"]?[header]), actual.Headers.GetValueOrDefault(header, []).Select(WithoutPort));
        if (expected["headers"]?["location"] is { } location)
            Assert.Equal(Regex.Replace((string)location!, @"\d+$", "N"), Regex.Replace(actual.Headers["location"].Single(), @"\d+$", "N"));
    }

    private static IEnumerable<string> Values(JsonNode? header) =>
        (header switch { null => [], JsonArray many => many.Select(each => (string)each!), _ => [(string)header!] }).Select(WithoutPort);

    private static string WithoutPort(string text) => Regex.Replace(Regex.Replace(text, @"127\.0\.0\.1:\d+", "host"), "HASH%280x[0-9a-f]+%29", "HASH");

    /// <summary>Without what differs from day to day: the time of recording, tokens, and ids after a gap.</summary>
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
                fields[name] = name is "updated_on" or "access_token" or "extended_attribute_id" || (name == "patron_id" && (int)value! > 16)
                    || (name is "date_enrolled" or "expiry_date" && value?.ToString().Contains('T') == true) ? "*" : value;
                Scrub(fields[name]);
            }
        }
    }

    /// <summary>Plays all cases once, in their order, against one server.</summary>
    public sealed class Replay : IAsyncLifetime
    {
        private readonly Dictionary<string, string> _tokens = [];
        private readonly Dictionary<string, string> _ids = [];

        public Dictionary<string, (JsonNode Expected, Actual Actual)> Answers { get; } = [];

        public static IEnumerable<JsonNode> Recorded() =>
            File.ReadLines(Path.Combine(AppContext.BaseDirectory, "koha-rest-contract.jsonl")).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!);

        public async ValueTask InitializeAsync()
        {
            await using var koha = await FakeKoha.StartAsync();
            using var http = new HttpClient();
            foreach (var each in Recorded())
            {
                var actual = await SendAsync(http, koha, each);
                Answers[(string)each["name"]!] = (each["response"]!, actual);
                MapId(each["response"]!["body"], actual.Body);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>Ids of attributes may have other gaps here: later paths name the ones that this server gave.</summary>
        private void MapId(JsonNode? recorded, JsonNode? actual)
        {
            if (recorded is JsonObject && actual is JsonObject && recorded["extended_attribute_id"] is { } there && actual["extended_attribute_id"] is { } here)
                _ids[there.ToString()] = here.ToString();
        }

        private async Task<Actual> SendAsync(HttpClient http, FakeKoha koha, JsonNode recorded)
        {
            var request = recorded["request"]!;
            var query = string.Join('&', request["query"]!.AsObject().Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString((string)pair.Value!)}"));
            var path = Regex.Replace((string)request["path"]!, @"(?<=extended_attributes/)\d+", id => _ids.GetValueOrDefault(id.Value, id.Value));
            using var message = new HttpRequestMessage(new HttpMethod((string)request["method"]!), new Uri(koha.ApiRoot, path + (query.Length > 0 ? "?" + query : "")));
            var headers = request["headers"]!.AsObject();
            if (request["body"] is { } body)
                message.Content = Content(body, (string?)headers["Content-Type"]);
            foreach (var (name, value) in headers.Where(header => header.Key != "Content-Type"))
                message.Headers.TryAddWithoutValidation(name, ((string)value!).Replace("<token>", await TokenAsync(http, koha, (string)recorded["client"]!)));
            using var answer = await http.SendAsync(message);
            var text = await answer.Content.ReadAsStringAsync();
            var all = answer.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToArray());
            return new Actual((int)answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), all);
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

        private async Task<string> TokenAsync(HttpClient http, FakeKoha koha, string client)
        {
            if (!_tokens.TryGetValue(client, out var token))
            {
                var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = $"client-{client}", ["client_secret"] = $"secret-{client}" };
                using var answer = await http.PostAsync(new Uri(koha.ApiRoot + "/oauth/token"), new FormUrlEncodedContent(form));
                token = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
                _tokens[client] = token;
            }

            return token;
        }
    }

    public sealed record Actual(int Status, JsonNode? Body, Dictionary<string, string[]> Headers);
}
