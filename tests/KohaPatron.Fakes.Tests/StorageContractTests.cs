using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.Fakes.Tests;

/// <summary>
/// Every answer that was recorded from Google's test server, replayed in its order, and the documented ones of the real
/// service: status, headers and body agree case by case. Access lists are left out; nothing here reads them.
/// </summary>
public sealed class StorageContractTests(StorageContractTests.Replay replay) : IClassFixture<StorageContractTests.Replay>
{
    private static readonly string[] Headers =
        ["Content-Range", "Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition", "Metadata-Flavor", "x-goog-hash", "x-goog-metageneration", "x-goog-stored-content-length", "x-goog-stored-content-encoding", "x-guploader-response-body-transformations"];

    public static TheoryData<string> Cases => [.. Replay.Recorded().Select(each => (string)each["case"]!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_answer_is_the_recorded_one(string name)
    {
        var (recorded, actual) = replay.Answers[name];
        var expected = recorded["response"]!;
        Assert.Equal((int?)expected["status"], actual.Status);
        if ((int?)expected["bytes_received"] is { } bytes)
            Assert.Equal(bytes, actual.Body.Length);
        else
            AssertBody(expected, actual.Body);
        var isJson = expected["body"] is JsonObject;
        foreach (var header in Headers.Where(header => expected["headers"]?[header] is not null && !(isJson && header is "Content-Length" or "Content-Type")))
            Assert.Equal((string?)expected["headers"]![header], actual.Headers.GetValueOrDefault(header));
    }

    /// <summary>A generation that was recorded twice is the same one here too; another is another.</summary>
    [Fact]
    public void Generations_relate_as_recorded() => Assert.Equal(replay.Generations.Count, replay.Generations.Values.Distinct().Count());

    private static void AssertBody(JsonNode expected, byte[] actual)
    {
        if ((string?)expected["body_sha256"] is { } hash)
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(actual)));
        else if ((string?)expected["body_base64"] is { } base64)
            Assert.Equal(base64, Convert.ToBase64String(actual));
        else if (expected["body"] is JsonObject json)
            Assert.Equal(Comparable(json), Comparable(JsonNode.Parse(actual)!));
        else
            Assert.Equal((string?)expected["body"] ?? "", Encoding.UTF8.GetString(actual));
    }

    private static string Comparable(JsonNode json)
    {
        var copy = json.DeepClone();
        Scrub(copy);
        return Regex.Replace(copy.ToJsonString(), "17\\d{11}|tok-\\d+|imp-tok", "*");
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
                if (name is "acl" or "owner" or "defaultObjectAcl")
                    continue;
                fields[name] = name is "timeCreated" or "updated" or "timeFinalized" or "timeDeleted" or "etag" || (name == "id" && value!.ToString().Length == 32) || value?.ToString() == "{plan}" ? "*" : value;
                Scrub(fields[name]);
            }
        }
    }

    public sealed record Actual(int? Status, byte[] Body, Dictionary<string, string> Headers);

    /// <summary>Plays all cases once, in their order, against a test server and a real one.</summary>
    public sealed class Replay : IAsyncLifetime
    {
        public Dictionary<string, (JsonNode Recorded, Actual Actual)> Answers { get; } = [];

        /// <summary>Generations of this run by those of the recording.</summary>
        public Dictionary<string, string> Generations { get; } = [];

        public static IEnumerable<JsonNode> Recorded() =>
            File.ReadLines(Path.Combine(AppContext.BaseDirectory, "storage-contract.jsonl")).Where(line => line.Length > 0).Select(line => JsonNode.Parse(line)!);

        public async ValueTask InitializeAsync()
        {
            await using var test = await FakeStorage.StartAsync();
            await using var real = await FakeStorage.StartAsync(new FakeStorageOptions { IsReal = true });
            using var http = new HttpClient();
            var plans = new Dictionary<string, string>();
            foreach (var each in Recorded())
            {
                var storage = (string?)each["origin"] == "run" ? test : real;
                Prepare(real, each);
                var path = (string)each["request"]!["path"]!;
                foreach (var (there, here) in Generations)
                    path = path.Replace(there, here, StringComparison.Ordinal);
                var plan = await PlanAsync(http, storage, each, plans);
                Answers[(string)each["case"]!] = (each, await SendAsync(http, new Uri(storage.Root.ToString().TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), each["request"]!, plan));
                MapGeneration(each["response"]!["body"], Answers[(string)each["case"]!].Actual.Body);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        /// <summary>The state that a documented answer of the real service belongs to.</summary>
        private static void Prepare(FakeStorage real, JsonNode recorded)
        {
            var bucket = real.State["campus-feeds"];
            bucket.IsForbidden = (string)recorded["case"]! == "real: forbidden";
            real.State["campus-feeds-rp"].RequesterPays = true;
            real.Tokens.Refusal = ((string)recorded["case"]!).StartsWith("token error", StringComparison.Ordinal) ? (string?)recorded["response"]!["body"]!["error_description"] : null;
        }

        /// <summary>A plan is made once; the tries that follow use it up.</summary>
        private static async Task<string?> PlanAsync(HttpClient http, FakeStorage storage, JsonNode recorded, Dictionary<string, string> plans)
        {
            if (recorded["request"]!["plan"] is not { } instructions)
                return null;
            var name = Regex.Replace((string)recorded["case"]!, @" try \d+$", "");
            if (!plans.TryGetValue(name, out var id))
            {
                using var content = new StringContent(new JsonObject { ["instructions"] = instructions.DeepClone() }.ToJsonString());
                using var answer = await http.PostAsync(new Uri(storage.Root, "/retry_test"), content);
                plans[name] = id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
            }

            return id;
        }

        private static async Task<Actual> SendAsync(HttpClient http, Uri uri, JsonNode request, string? plan)
        {
            using var message = new HttpRequestMessage(new HttpMethod((string)request["method"]!), uri);
            if (Content(request) is { } body)
                message.Content = body;
            foreach (var (name, value) in request["headers"]?.AsObject() ?? [])
            {
                if (name == "Content-Type")
                    message.Content!.Headers.TryAddWithoutValidation(name, (string)value!);
                else
                    message.Headers.TryAddWithoutValidation(name, (string)value! == "{plan}" ? plan : (string)value!);
            }

            // The documented answers of the real service but those about tokens are given to somebody with a good one.
            if (message.Headers.Authorization?.Parameter == "ok" || NeedsToken(request))
                message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GoodTokenAsync(http, uri));
            return await SendAsync(http, message);
        }

        private static bool NeedsToken(JsonNode request) => (string)request["path"]! is "/storage/v1/b/campus-feeds/o/nope.csv" or "/storage/v1/b/campus-feeds/o/nope.csv?alt=media" or "/storage/v1/b/campus-feeds-rp/o/x.csv";

        private static async Task<string> GoodTokenAsync(HttpClient http, Uri uri)
        {
            using var none = new StringContent("");
            using var answer = await http.PostAsync(new Uri(uri, "/v1/token"), none);
            return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
        }

        private static async Task<Actual> SendAsync(HttpClient http, HttpRequestMessage message)
        {
            using var received = new MemoryStream();
            int? status = null;
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            try
            {
                using var answer = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
                status = (int)answer.StatusCode;
                foreach (var header in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
                    headers[header.Key] = header.Value.ToString();
                await using var body = await answer.Content.ReadAsStreamAsync();
                await body.CopyToAsync(received);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // It broke off, as recorded; what came until then counts.
            }

            return new Actual(status, received.ToArray(), headers);
        }

        private static ByteArrayContent? Content(JsonNode request)
        {
            if ((string?)request["body_pattern"] is not null)
                return new ByteArrayContent([.. Enumerable.Range(0, (int)request["body_length"]!).Select(i => (byte)((31 * i + 7) % 251))]);
            if ((string?)request["body_base64"] is { } base64)
                return new ByteArrayContent(Convert.FromBase64String(base64));
            if (request["form"] is JsonObject form)
                return new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('&', form.Select(pair => $"{pair.Key}={Uri.EscapeDataString((string)pair.Value!)}"))));
            return request["body"] switch
            {
                null => request["headers"]?["Content-Type"] is null ? null : new ByteArrayContent([]),
                JsonObject json => new ByteArrayContent(Encoding.UTF8.GetBytes(json.ToJsonString())),
                var text => new ByteArrayContent(Encoding.UTF8.GetBytes((string)text!)),
            };
        }

        private void MapGeneration(JsonNode? recorded, byte[] actual)
        {
            if (recorded is JsonObject { } there && (string?)there["generation"] is { } generation && JsonNode.Parse(actual)!["generation"] is { } here)
                Generations[generation] = (string)here!;
        }
    }
}
