using System.Net;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using KohaPatron.Core.Notices;
using Polly;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>
/// The one way to Koha's API: a token, a limit on requests at once, a time limit that covers the body, retries of reads,
/// and one clear error for each thing that can go wrong between here and there.
/// </summary>
internal sealed class KohaHttp : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private readonly KohaEndpoint _endpoint;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _throttle;
    private readonly KohaToken _token;
    private readonly ResiliencePipeline<HttpResponseMessage> _reads;
    private readonly ResiliencePipeline<HttpResponseMessage> _writes;
    private int _requests;

    public KohaHttp(KohaEndpoint endpoint, TimeProvider? time = null, TimeSpan? firstWait = null)
    {
        time ??= TimeProvider.System;
        _endpoint = endpoint;
        // A redirect leads to a login page, never to Koha's API.
        var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate };
        _http = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(endpoint.UserAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _throttle = new SemaphoreSlim(endpoint.ThrottleLimit);
        _reads = KohaRetry.Pipeline(time, firstWait ?? FirstWait, writes: false);
        _writes = KohaRetry.Pipeline(time, firstWait ?? FirstWait, writes: true);
        _token = new KohaToken(endpoint, time, (request, cancel) => OnceAsync(request, cancel));
    }

    /// <summary>How many requests were sent, repetitions and tokens among them.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Sends a request and gives whatever Koha answers, a refusal too.</summary>
    /// <exception cref="KohaPatronException">There is no answer, or it is none of Koha's.</exception>
    public async Task<KohaAnswer> SendAsync(KohaRequest request, CancellationToken cancel)
    {
        await _throttle.WaitAsync(cancel);
        try
        {
            var authorization = await _token.HeaderAsync(cancel);
            var answer = await TryAsync(request, authorization, cancel);
            if (answer.Status != 401)
                return answer;
            // The token died early; the request was not carried out, so that it may be sent again, once.
            if (_token.Forget(authorization))
                answer = await TryAsync(request, await _token.HeaderAsync(cancel), cancel);
            return answer.Status == 401 ? throw new KohaPatronException(KohaRestNotices.WrongCredential(_endpoint.ApiRoot, answer.Error)) : answer;
        }
        finally
        {
            _throttle.Release();
        }
    }

    /// <summary>Sends a request and gives a good answer.</summary>
    /// <exception cref="KohaPatronException">Koha refuses, or there is no answer.</exception>
    public async Task<KohaAnswer> RequireAsync(KohaRequest request, CancellationToken cancel)
    {
        var answer = await SendAsync(request, cancel);
        return answer.IsSuccess ? answer : throw new KohaPatronException(Refusal(answer));
    }

    public Notice Refusal(KohaAnswer answer) => answer.Status == 403
        ? KohaRestNotices.PermissionMissing(_endpoint.ApiRoot, answer.RequiredPermissions)
        : KohaRestNotices.Refused(answer.Status, answer.Error);

    public void Dispose()
    {
        _http.Dispose();
        _throttle.Dispose();
        _token.Dispose();
    }

    private async Task<KohaAnswer> TryAsync(KohaRequest request, System.Net.Http.Headers.AuthenticationHeaderValue authorization, CancellationToken cancel)
    {
        HttpRequestMessage Message()
        {
            var message = new HttpRequestMessage(request.Method, _endpoint.ApiRoot + request.Path);
            message.Headers.Authorization = authorization;
            if (request.EmbedsAttributes)
                message.Headers.Add("x-koha-embed", "extended_attributes");
            if (request.ConfirmsNotDuplicate)
                message.Headers.Add("x-confirm-not-duplicate", "1");
            if (request.Json is not null)
                message.Content = new StringContent(request.Json, Encoding.UTF8, "application/json");
            return message;
        }

        return await GuardedAsync(async () => await (request.IsSafe ? _reads : _writes).ExecuteAsync(
            async token =>
            {
                using var message = Message();
                return await FetchAsync(message, token);
            },
            cancel));
    }

    private Task<KohaAnswer> OnceAsync(HttpRequestMessage request, CancellationToken cancel) => GuardedAsync(() => FetchAsync(request, cancel));

    /// <summary>One request, its body read whole, within the time limit.</summary>
    private async Task<HttpResponseMessage> FetchAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        Interlocked.Increment(ref _requests);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_endpoint.Timeout);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException("No answer in time.", e);
        }
    }

    private async Task<KohaAnswer> GuardedAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var message = await send();
            return await ReadAsync(message);
        }
        catch (TimeoutException e)
        {
            throw new KohaPatronException(KohaRestNotices.TimedOut(_endpoint.ApiRoot, _endpoint.Timeout, e));
        }
        catch (HttpRequestException e)
        {
            throw new KohaPatronException(InWords(e));
        }
        catch (IOException e)
        {
            throw new KohaPatronException(KohaRestNotices.Broken(_endpoint.ApiRoot, e));
        }
    }

    private Notice InWords(HttpRequestException e)
    {
        for (Exception? inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is AuthenticationException)
                return KohaRestNotices.TlsRefused(_endpoint.ApiRoot, e);
            if (inner is System.Net.Sockets.SocketException { SocketErrorCode: not (System.Net.Sockets.SocketError.ConnectionReset or System.Net.Sockets.SocketError.ConnectionAborted) })
                return KohaRestNotices.Unreachable(_endpoint.ApiRoot, e);
        }

        return KohaRestNotices.Broken(_endpoint.ApiRoot, e);
    }

    private async Task<KohaAnswer> ReadAsync(HttpResponseMessage message)
    {
        var status = (int)message.StatusCode;
        var bytes = await message.Content.ReadAsByteArrayAsync();
        if (bytes.Length == 0)
            return status is >= 300 and < 400 ? throw new KohaPatronException(KohaRestNotices.NotKoha(_endpoint.ApiRoot, status, "a redirect")) : new KohaAnswer(status, null);
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return new KohaAnswer(status, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            throw new KohaPatronException(KohaRestNotices.NotKoha(_endpoint.ApiRoot, status, Array.Find(bytes, letter => letter > ' ') == '<' ? "a web page" : "something that is no JSON"));
        }
    }
}
