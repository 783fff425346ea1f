using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
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
internal sealed class CloudStorage : IDisposable
{
    private const int MostInFlight = 4;

    /// <summary>Far more than a folder of exports holds: a list that does not end is left.</summary>
    private const int MostNames = 100_000;
    private const int MostPages = 1000;

    /// <summary>The longest name that the service takes, in bytes.</summary>
    private const int LongestName = 1024;
    private const int EarliestYear = 2000;

    /// <summary>The largest object that the service takes: 5 TiB.</summary>
    private const ulong LargestObject = 5UL << 40;

    private readonly StorageOptions _options;
    private readonly StorageHost _host;
    private readonly Lazy<StorageClient> _client;

    public CloudStorage(StorageOptions options, StorageHost host)
    {
        (_options, _host) = (options, host);
        _client = new(MakeClient);
        Retry = StorageRetry.Pipeline(options.FirstWait);
    }

    /// <summary>How a read is tried again.</summary>
    public ResiliencePipeline Retry { get; }

    private ObjectsResource Objects => _client.Value.Service.Objects;

    /// <summary>Describes an object.</summary>
    /// <param name="address">Which object.</param>
    /// <param name="unlessGeneration">The generation that is at hand already; null: none.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The object, or null where it is still of that generation.</returns>
    /// <exception cref="KohaPatronException">There is none, or it may not be read.</exception>
    public async Task<StorageObject?> FindAsync(StorageAddress address, long? unlessGeneration, CancellationToken cancel)
    {
        CheckName(address);
        var options = new GetObjectOptions { IfGenerationNotMatch = unlessGeneration, UserProject = _options.UserProject, RetryOptions = RetryOptions.Never };
        var metadata = await AskAsync(address, token => _client.Value.GetObjectAsync(address.Bucket, address.Name, options, token), cancel);
        if (metadata is not null)
            return Describe(address, metadata);
        return unlessGeneration is null ? throw NotStorage() : null;
    }

    /// <summary>The objects directly in a folder, and the folders in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="KohaPatronException">It may not be listed, or the list has no end.</exception>
    public async Task<IReadOnlyList<StoredName>> ListAsync(StorageAddress folder, CancellationToken cancel)
    {
        var options = new ListObjectsOptions { Delimiter = "/", Fields = "items(name,timeCreated),prefixes,nextPageToken", UserProject = _options.UserProject, RetryOptions = RetryOptions.Never };
        return await AskAsync<IReadOnlyList<StoredName>>(
            folder,
            async token =>
            {
                var names = new List<StoredName>();
                var pages = 0;
                await foreach (var page in _client.Value.ListObjectsAsync(folder.Bucket, folder.Name, options).AsRawResponses().WithCancellation(token))
                {
                    names.AddRange((page.Items ?? []).Select(item => Describe(item?.Name, item?.TimeCreatedRaw)));
                    names.AddRange((page.Prefixes ?? []).Select(name => Describe(name, null)));
                    if (++pages > MostPages || names.Count > MostNames)
                        throw new KohaPatronException(StorageNotices.ListTooLong(folder));
                }

                return names;
            },
            cancel) ?? throw NotStorage();
    }

    /// <summary>Asks for the stored bytes from a position on: one try, which may end in the middle.</summary>
    /// <exception cref="IOException">No answer, or one that may be another next time.</exception>
    /// <exception cref="KohaPatronException">The object is not of this generation any more, or may not be read.</exception>
    public async Task<ObjectPart> OpenAsync(StorageObject stored, long offset, CancellationToken cancel)
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
            var answer = await _client.Value.Service.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (answer.IsSuccessStatusCode)
                return new ObjectPart(answer, _options.IdleLimit);
            using (answer)
                throw await Refusal.OfAsync(answer, stored);
        }
        catch (HttpRequestException e) when (HttpFaults.IsUnreached(e))
        {
            // The object was described a moment ago, so the name and the port are right.
            throw new IOException(HttpFaults.Innermost(e), e);
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
        catch (Exception e) when (e is not (KohaPatronException or OperationCanceledException))
        {
            throw new KohaPatronException(e switch
            {
                GoogleApiException { HttpStatusCode: not default(HttpStatusCode) and var status } refused => Refusal.NoticeOf(status, refused.Error?.ErrorResponseContent ?? string.Empty, address),
                IOException or HttpRequestException or TimeoutException => StorageNotices.Unreachable(address, e),
                // A bucket that cannot be named so.
                ArgumentException => StorageNotices.BadAddress(address.ToString()),
                // A good answer that cannot be read, or is in letters that nobody knows; its text is not passed on.
                _ => StorageNotices.NotStorage(_host.Root),
            });
        }
    }

    /// <summary>The client refuses what would be folded; a runtime that takes %2F apart all the same would ask for another object.</summary>
    private void CheckName(StorageAddress address)
    {
        if (address.Name is "." or ".." || !Objects.Get(address.Bucket, address.Name).CreateRequest().RequestUri!.AbsolutePath.EndsWith($"/o/{Uri.EscapeDataString(address.Name)}", StringComparison.Ordinal))
            throw new KohaPatronException(StorageNotices.NameNotPossible(address));
    }

    /// <summary>An answer without generation or size is somebody else's, and never an empty object; the test server alone leaves a size of nought out.</summary>
    private StorageObject Describe(StorageAddress address, StoredMetadata metadata)
    {
        var checksum = Crc32c.Parse(metadata.Crc32c);
        var size = metadata.Size ?? (checksum == 0 ? 0ul : null);
        return metadata.Generation is > 0 and var generation && size is <= LargestObject and var bytes
            ? new(address, generation, (long)bytes, checksum, string.Equals(metadata.ContentEncoding, "gzip", StringComparison.OrdinalIgnoreCase), TimeOf(metadata.TimeCreatedRaw))
            : throw NotStorage();
    }

    private StoredName Describe(string? name, string? time) => name is { Length: > 0 and <= LongestName } ? new(name, TimeOf(time)) : throw NotStorage();

    /// <summary>A time that cannot be read, or that no file could have, is none: nobody needs it to read the object.</summary>
    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > EarliestYear ? time : null;

    private KohaPatronException NotStorage() => new(StorageNotices.NotStorage(_host.Root));

    /// <summary>Plain clients: nothing is remembered or followed on the way, nor unzipped, which the reader does after it has verified.</summary>
    private sealed class Clients(TimeSpan idleLimit) : HttpClientFactory
    {
        protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) =>
            new LimitedHandler(idleLimit) { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = MostInFlight };
    }
}
