using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google;
using Google.Apis.Http;
using Google.Apis.Services;
using Google.Apis.Storage.v1;
using Google.Cloud.Storage.V1;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;
using Polly;
using MediaRequest = Google.Apis.Storage.v1.ObjectsResource.GetRequest;
using StoredMetadata = Google.Apis.Storage.v1.Data.Object;

namespace KohaPatron.Core.Storage;

/// <summary>
/// Google Cloud Storage through Google's own client: what an object is, what lies in a folder, and one try at its content.
/// Content is asked for without the client's downloader, which neither resumes nor verifies a part.
/// </summary>
internal sealed class CloudStorage : IObjectStore
{
    private const int MostInFlight = 4;

    private readonly StorageOptions _options;
    private readonly StorageHost _host;
    private readonly Lazy<StorageClient> _client;

    public CloudStorage(StorageOptions options, StorageHost host)
    {
        (_options, _host) = (options, host);
        _client = new(MakeClient);
        Retry = StorageRetry.Pipeline(options.FirstWait);
    }

    public ResiliencePipeline Retry { get; }

    private ObjectsResource Objects => _client.Value.Service.Objects;

    public async Task<StorageObject?> FindAsync(StorageAddress address, long? unlessGeneration, CancellationToken cancel)
    {
        CheckName(address);
        var options = new GetObjectOptions { IfGenerationNotMatch = unlessGeneration, UserProject = _options.UserProject, RetryOptions = RetryOptions.Never };
        var metadata = await AskAsync(address, token => _client.Value.GetObjectAsync(address.Bucket, address.Name, options, token), cancel);
        if (metadata is not null)
            return Describe(address, metadata);
        return unlessGeneration is null ? throw NotStorage() : null;
    }

    public async Task<IReadOnlyList<string>> ListAsync(StorageAddress folder, CancellationToken cancel)
    {
        var options = new ListObjectsOptions { Delimiter = "/", Fields = "items(name),prefixes,nextPageToken", UserProject = _options.UserProject, RetryOptions = RetryOptions.Never };
        return await AskAsync<IReadOnlyList<string>>(
            folder,
            async token =>
            {
                var names = new List<string>();
                string? following = null;
                await foreach (var page in _client.Value.ListObjectsAsync(folder.Bucket, folder.Name, options).AsRawResponses().WithCancellation(token))
                {
                    names.AddRange((page.Items ?? []).Select(item => item?.Name).Concat(page.Prefixes ?? []).Select(name => name ?? throw NotStorage()));
                    // A page that is followed by itself would be so for ever.
                    if (page.NextPageToken is { Length: > 0 } next && next == following)
                        throw NotStorage();
                    following = page.NextPageToken;
                }

                return names;
            },
            cancel) ?? throw NotStorage();
    }

    public async Task<Stream> OpenAsync(StorageObject stored, long offset, CancellationToken cancel)
    {
        var answer = await SendAsync(stored, offset, cancel);
        try
        {
            if (!answer.IsSuccessStatusCode)
                throw Refusal.Of(answer.StatusCode, await TextOf(answer), stored);
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
        if (_client.IsValueCreated)
            _client.Value.Dispose();
    }

    private StorageClientImpl MakeClient()
    {
        var service = new StorageService(new BaseClientService.Initializer
        {
            ApplicationName = _options.UserAgent,
            BaseUri = _host.Root + "/storage/v1/",
            HttpClientInitializer = _host.IsEmulator ? null : new StorageCredential(_options),
            HttpClientFactory = new Clients(_options.IdleLimit),
            // Tried again by one rule, here and for content.
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
            GZipEnabled = false,
            // However long the name: a GET, and not a POST that says it is one.
            MaxUrlLength = 0,
        });
        // The limits are the handler's own; a token is not waited for within them.
        service.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
        service.HttpClient.MessageHandler.FollowRedirect = false;
        return new StorageClientImpl(service);
    }

    /// <summary>What the client gives; null where nothing is newer (304).</summary>
    private async Task<T?> AskAsync<T>(StorageAddress address, Func<CancellationToken, Task<T>> ask, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await Retry.ExecuteAsync(async token => await ask(token) ?? throw NotStorage(), cancel);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotModified)
        {
            return null;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode != default)
        {
            throw new KohaPatronException(Refusal.NoticeOf(e.HttpStatusCode, e.Error?.ErrorResponseContent ?? string.Empty, address));
        }
        catch (Exception e) when (e is GoogleApiException or InvalidOperationException)
        {
            // A good answer that cannot be read, or is in letters that nobody knows; its text is not passed on.
            throw NotStorage();
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            throw new KohaPatronException(StorageNotices.Unreachable(address, e));
        }
        catch (ArgumentException)
        {
            // A bucket that cannot be named so.
            throw new KohaPatronException(StorageNotices.BadAddress(address.ToString()));
        }
    }

    /// <summary>Asks for content from a position on; gives the answer, its headers read and, of a good one, its body not.</summary>
    private async Task<HttpResponseMessage> SendAsync(StorageObject stored, long offset, CancellationToken cancel)
    {
        var get = Objects.Get(stored.Address.Bucket, stored.Address.Name);
        (get.Alt, get.IfGenerationMatch, get.UserProject) = (MediaRequest.AltEnum.Media, stored.Generation, _options.UserProject);
        using var request = get.CreateRequest();
        // Stored bytes as they are: only so do ranges and checksums fit. Not for everything: the service compresses what it says itself too.
        if (stored.IsGzip)
            request.Headers.AcceptEncoding.ParseAdd("gzip");
        if (offset > 0)
            request.Headers.Range = new RangeHeaderValue(offset, null);
        try
        {
            return await _client.Value.Service.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        }
        catch (HttpRequestException e) when (HttpFaults.IsUnreached(e))
        {
            // The object was described a moment ago, so the name and the port are right.
            throw new IOException(HttpFaults.Innermost(e), e);
        }
    }

    private static Task<Stream> BodyOf(HttpResponseMessage answer) => answer.Content.ReadAsStreamAsync();

    private static async Task<string> TextOf(HttpResponseMessage answer) => Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());

    /// <summary>The client refuses what would be folded; a runtime that takes %2F apart all the same would ask for another object.</summary>
    private void CheckName(StorageAddress address)
    {
        var isDotsAlone = address.Name.Trim('.').Length == 0;
        using var request = isDotsAlone ? null : Objects.Get(address.Bucket, address.Name).CreateRequest();
        if (request?.RequestUri!.AbsolutePath.EndsWith($"/b/{address.Bucket}/o/{Uri.EscapeDataString(address.Name)}", StringComparison.Ordinal) != true)
            throw new KohaPatronException(StorageNotices.NameNotPossible(address));
    }

    /// <summary>An answer without generation or size is somebody else's, and never an empty object; the test server alone leaves a size of nought out.</summary>
    private StorageObject Describe(StorageAddress address, StoredMetadata metadata)
    {
        var checksum = Crc32c.Parse(metadata.Crc32c);
        var size = metadata.Size ?? (checksum == 0 ? 0ul : null);
        return metadata.Generation is > 0 and var generation && size is <= long.MaxValue and var bytes
            ? new(address, generation, (long)bytes, checksum, string.Equals(metadata.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase), TimeOf(metadata.TimeCreatedRaw))
            : throw NotStorage();
    }

    /// <summary>A time that cannot be read is none: nobody needs it to read the object.</summary>
    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private KohaPatronException NotStorage() => new(StorageNotices.NotStorage(_host.Root));

    /// <summary>Plain clients: nothing is remembered or followed on the way, nor unzipped, which the reader does after it has verified.</summary>
    private sealed class Clients(TimeSpan idleLimit) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) =>
            new LimitedHandler(idleLimit) { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = MostInFlight };
    }
}
