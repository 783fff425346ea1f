using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using KohaPatron.Core.Notices;
using Polly;

namespace KohaPatron.Core.Storage;

/// <summary>Google Cloud Storage through its JSON API: three kinds of requests, all of them reads.</summary>
internal sealed class CloudStorage : IObjectStore
{
    private const int MostInFlight = 4;

    private readonly StorageOptions _options;
    private readonly StorageHost _host;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _credentialGate = new(1);
    private StorageCredential? _credential;

    public CloudStorage(StorageOptions options, StorageHost host)
    {
        (_options, _host) = (options, host);
        // What is stored compressed is unzipped here, after it was verified: only so do ranges and checksums fit.
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = MostInFlight };
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(options.UserAgent);
        Retry = StorageRetry.Pipeline(options.FirstWait);
    }

    public ResiliencePipeline Retry { get; }

    public async Task<StorageObject?> FindAsync(StorageAddress address, long? unlessGeneration, CancellationToken cancel)
    {
        var condition = unlessGeneration is { } generation ? $"&ifGenerationNotMatch={Number(generation)}" : string.Empty;
        using var document = await JsonAsync(_host.Object(address, Query($"fields=generation,size,crc32c,contentEncoding{condition}")), address, cancel);
        return document is null ? null : Describe(address, document.RootElement);
    }

    public async Task<IReadOnlyList<string>> ListAsync(StorageAddress folder, CancellationToken cancel)
    {
        var names = new List<string>();
        var page = string.Empty;
        do
        {
            var query = $"prefix={Uri.EscapeDataString(folder.Name)}&delimiter=%2F&fields=items(name),prefixes,nextPageToken{page}";
            using var document = await JsonAsync(_host.Objects(folder.Bucket, Query(query)), folder, cancel);
            // A page may be short, or empty: the end is where no token for another one is given.
            if (document!.RootElement.TryGetProperty("items", out var items))
                names.AddRange(items.EnumerateArray().Select(item => item.GetProperty("name").GetString()!));
            if (document.RootElement.TryGetProperty("prefixes", out var folders))
                names.AddRange(folders.EnumerateArray().Select(folder => folder.GetString()!));
            page = document.RootElement.TryGetProperty("nextPageToken", out var token) && token.GetString() is { Length: > 0 } next ? $"&pageToken={Uri.EscapeDataString(next)}" : string.Empty;
        }
        while (page.Length > 0);
        return names;
    }

    public async Task<Stream> OpenAsync(StorageObject stored, long offset, CancellationToken cancel)
    {
        var uri = _host.Object(stored.Address, Query($"alt=media&ifGenerationMatch={Number(stored.Generation)}"));
        var answer = await SendPinnedAsync(uri, stored, offset, cancel);
        try
        {
            var part = new ObjectPart(answer, stored, offset, _options.IdleLimit);
            await part.OpenAsync(await BodyOf(answer), cancel);
            return part;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _credentialGate.Dispose();
    }

    /// <summary>Of an object that was there a moment ago, "not found" means that it was deleted.</summary>
    private async Task<HttpResponseMessage> SendPinnedAsync(Uri uri, StorageObject stored, long offset, CancellationToken cancel)
    {
        try
        {
            return await SendAsync(uri, stored.Address, offset, stored.IsGzip, cancel);
        }
        catch (KohaPatronException e) when (e.Notice.Code == StorageNotices.ObjectNotFound)
        {
            throw new KohaPatronException(StorageNotices.Overwritten(stored.Address));
        }
    }

    /// <summary>The answer's body; null where nothing is newer (304).</summary>
    private async Task<JsonDocument?> JsonAsync(Uri uri, StorageAddress address, CancellationToken cancel)
    {
        try
        {
            return await Retry.ExecuteAsync(async token => await JsonOnceAsync(uri, address, token), cancel);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            throw new KohaPatronException(StorageNotices.Unreachable(address, e));
        }
    }

    private async Task<JsonDocument?> JsonOnceAsync(Uri uri, StorageAddress address, CancellationToken cancel)
    {
        using var answer = await SendAsync(uri, address, offset: 0, zipped: false, cancel);
        if (answer.StatusCode == HttpStatusCode.NotModified)
            return null;
        try
        {
            return JsonDocument.Parse(await BodyAsync(answer, cancel));
        }
        catch (JsonException)
        {
            throw new KohaPatronException(StorageNotices.NotStorage(_host.Root));
        }
    }

    /// <summary>Sends a request and gives a good answer, its headers read and its body not.</summary>
    private async Task<HttpResponseMessage> SendAsync(Uri uri, StorageAddress address, long offset, bool zipped, CancellationToken cancel)
    {
        var answer = await SendOnceAsync(uri, offset, zipped, cancel);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && !_host.IsEmulator)
        {
            answer.Dispose();
            await (await CredentialAsync(cancel)).RenewAsync(cancel);
            answer = await SendOnceAsync(uri, offset, zipped, cancel);
        }

        if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotModified)
            return answer;
        using (answer)
        {
            if (Http.HttpFaults.IsPassing(answer.StatusCode))
                throw new PassingAnswerException((int)answer.StatusCode);
            throw new KohaPatronException(await RefusalAsync(answer, address, cancel));
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri uri, long offset, bool zipped, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        // Not for everything: the service compresses what it says itself too, for who takes it so.
        if (zipped)
            request.Headers.AcceptEncoding.ParseAdd("gzip");
        if (offset > 0)
            request.Headers.Range = new RangeHeaderValue(offset, null);
        if (!_host.IsEmulator)
            await (await CredentialAsync(cancel)).SignAsync(request, cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        return await Idle.LimitAsync(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token), stop.Cancel, _options.IdleLimit, cancel);
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        using var body = await BodyOf(answer);
        using var copy = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (await Idle.LimitAsync(body.ReadAsync(buffer, 0, buffer.Length, cancel), answer.Dispose, _options.IdleLimit, cancel) is > 0 and var read)
            copy.Write(buffer, 0, read);
        return copy.ToArray();
    }

    private static Task<Stream> BodyOf(HttpResponseMessage answer) => answer.Content.ReadAsStreamAsync();

    private async Task<StorageCredential> CredentialAsync(CancellationToken cancel)
    {
        await _credentialGate.WaitAsync(cancel);
        try
        {
            return _credential ??= await StorageCredential.FindAsync(_options, cancel);
        }
        finally
        {
            _credentialGate.Release();
        }
    }

    private async Task<Notice> RefusalAsync(HttpResponseMessage answer, StorageAddress address, CancellationToken cancel)
    {
        var text = Encoding.UTF8.GetString(await BodyAsync(answer, cancel));
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest when text.Contains("requester pays") || text.Contains("UserProjectMissing") => StorageNotices.RequesterPays(address),
            HttpStatusCode.BadRequest or HttpStatusCode.Forbidden when text.Contains("serviceusage") || text.Contains("User project specified") => StorageNotices.ProjectRefused(address),
            HttpStatusCode.Unauthorized => StorageNotices.NotSignedIn(address),
            HttpStatusCode.Forbidden => StorageNotices.NoAccess(address, ServiceAccount(text)),
            HttpStatusCode.NotFound when address.IsFolder || text.Contains("bucket does not exist") || text.Contains($"Bucket {address.Bucket} does not exist") => StorageNotices.NoBucket(address),
            HttpStatusCode.NotFound => StorageNotices.NotFound(address),
            HttpStatusCode.PreconditionFailed => StorageNotices.Overwritten(address),
            _ => StorageNotices.Refused(address, (int)answer.StatusCode),
        };
    }

    /// <summary>The account that the service names; a person's address is none of anybody's business.</summary>
    private static string? ServiceAccount(string text) => text.Split([' ', '"'], StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(word => word.EndsWith(".gserviceaccount.com", StringComparison.Ordinal));

    private static StorageObject Describe(StorageAddress address, JsonElement json) => new(
        address,
        NumberOf(json, "generation"),
        NumberOf(json, "size"),
        Crc32c.Parse(TextOf(json, "crc32c")),
        string.Equals(TextOf(json, "contentEncoding"), "gzip", StringComparison.OrdinalIgnoreCase));

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Numbers are text in this API; a size of 0 may be left out.</summary>
    private static long NumberOf(JsonElement json, string name) => long.TryParse(TextOf(json, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private string Query(string query) => _options.UserProject is { } project ? $"?{query}&userProject={Uri.EscapeDataString(project)}" : $"?{query}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
