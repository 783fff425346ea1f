using System.Globalization;
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

    // Fails where there are bytes that are no letter.
    private static readonly Encoding Letters = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly KohaEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly TimeSpan _firstWait;
    private readonly KohaTransport _transport;
    private readonly HttpClient _http;
    private readonly SemaphoreSlim _throttle;
    private readonly KohaToken _token;
    private readonly ResiliencePipeline<HttpResponseMessage> _reads;
    private readonly ResiliencePipeline<HttpResponseMessage> _writes;
    private int _requests;
    private int _unanswered;
    private volatile bool _wasReached;

    public KohaHttp(KohaEndpoint endpoint, TimeProvider? time = null, TimeSpan? firstWait = null)
    {
        _time = time ??= TimeProvider.System;
        _firstWait = firstWait ?? FirstWait;
        _endpoint = endpoint;
        _transport = new KohaTransport(endpoint.ApiRoot);
        _http = new HttpClient(_transport.Handler(), disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(endpoint.UserAgent);
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        _throttle = new SemaphoreSlim(endpoint.ThrottleLimit);
        _reads = KohaRetry.Reads(time, _firstWait, () => _wasReached);
        _writes = KohaRetry.Writes(time, _firstWait);
        _token = new KohaToken(endpoint, time, (request, cancel) => OnceAsync(request, cancel));
    }

    /// <summary>How many requests may be under way at once.</summary>
    public int ThrottleLimit => _endpoint.ThrottleLimit;

    /// <summary>How many requests were sent, repetitions and tokens among them.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many requests in a row Koha has not answered, each after all of its tries: no answer at all, none of Koha's, or that it cannot at present.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

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
            // The token died early. What goes by a read is not sent again before another one: a gateway that answers so may have let it pass.
            var isRenewed = _token.Forget(authorization);
            if (isRenewed && request.GoesByARead)
                return answer with { Wait = TimeSpan.Zero };
            if (isRenewed)
                answer = await TryAsync(request, await _token.HeaderAsync(cancel), cancel);
            return answer.Status == 401 ? throw new KohaPatronException(Refusal(answer)) : answer;
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

    /// <summary>Asks for a list and gives all of its rows.</summary>
    /// <exception cref="KohaPatronException">Koha refuses, or what it gives is no list or not all of it: never evidence that something is not there.</exception>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(KohaRequest request, CancellationToken cancel) =>
        Rows(await RequireAsync(request, cancel));

    /// <summary>All rows of a list that Koha answered with.</summary>
    /// <exception cref="KohaPatronException">It is no list, or not all of it.</exception>
    public IReadOnlyList<JsonElement> Rows(KohaAnswer answer)
    {
        if (answer.Json is not { ValueKind: JsonValueKind.Array } list)
            throw new KohaPatronException(KohaRestNotices.NotAList(_endpoint.ApiRoot));
        // Koha always says how many there are. A list that does not may be one page of them.
        var total = answer.TotalCount ?? throw new KohaPatronException(KohaRestNotices.NoCount(_endpoint.ApiRoot));
        if (total > list.GetArrayLength())
            throw new KohaPatronException(KohaRestNotices.ListIncomplete(_endpoint.ApiRoot, list.GetArrayLength(), total));
        return [.. list.EnumerateArray()];
    }

    /// <summary>The rows of one page of a list, and how many the whole list has.</summary>
    /// <exception cref="KohaPatronException">It is no list, or Koha does not say how long it is.</exception>
    public IReadOnlyList<JsonElement> Page(KohaAnswer answer, out int total)
    {
        if (answer.Json is not { ValueKind: JsonValueKind.Array } list)
            throw new KohaPatronException(KohaRestNotices.NotAList(_endpoint.ApiRoot));
        total = answer.TotalCount ?? throw new KohaPatronException(KohaRestNotices.NoCount(_endpoint.ApiRoot));
        return [.. list.EnumerateArray()];
    }

    /// <summary>The error where a list is shorter than it says.</summary>
    public KohaPatronException ListIncomplete(int rows, int total) => new(KohaRestNotices.ListIncomplete(_endpoint.ApiRoot, rows, total));

    /// <summary>The error where a list changed while its pages were read.</summary>
    public KohaPatronException ListMoved() => new(KohaRestNotices.ListMoved(_endpoint.ApiRoot));

    /// <summary>A patron of an answer, if it can be read: what it does not show must not be taken for empty.</summary>
    /// <exception cref="KohaPatronException">It is no patron, or lacks a field.</exception>
    public JsonElement Readable(JsonElement json)
    {
        var id = Patron.IdOf(json) ?? throw NoPatron();
        return Patron.Unreadable(json) is { } field ? throw new KohaPatronException(KohaRestNotices.Unreadable(_endpoint.ApiRoot, id, field)) : json;
    }

    /// <summary>The error where a patron should stand in an answer and none does.</summary>
    public KohaPatronException NoPatron() => new(KohaRestNotices.NoPatron(_endpoint.ApiRoot));

    public Notice Refusal(KohaAnswer answer) => answer.Status switch
    {
        401 => KohaRestNotices.WrongCredential(_endpoint.ApiRoot, answer.Error),
        403 => KohaRestNotices.PermissionMissing(_endpoint.ApiRoot, answer.RequiredPermissions),
        _ => KohaRestNotices.Refused(answer.Status, answer.Error),
    };

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

        var pipeline = request.IsSafe ? _reads : request.GoesByARead ? ResiliencePipeline<HttpResponseMessage>.Empty : _writes;
        return await CountedAsync(async () => await pipeline.ExecuteAsync(
            async token =>
            {
                using var message = Message();
                return await FetchAsync(message, token);
            },
            cancel));
    }

    private Task<KohaAnswer> OnceAsync(HttpRequestMessage request, CancellationToken cancel) => CountedAsync(() => FetchAsync(request, cancel));

    private async Task<KohaAnswer> CountedAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            var answer = await GuardedAsync(send);
            if (answer.Status is 429 or >= 500)
                Interlocked.Increment(ref _unanswered);
            else
                Volatile.Write(ref _unanswered, 0);
            return answer;
        }
        catch (KohaPatronException)
        {
            Interlocked.Increment(ref _unanswered);
            throw;
        }
    }

    /// <summary>One request, its body read whole, within the time limit.</summary>
    private async Task<HttpResponseMessage> FetchAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        Interlocked.Increment(ref _requests);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(_endpoint.Timeout);
        try
        {
            var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, limit.Token);
            _wasReached = true;
            return answer;
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
            throw new KohaPatronException(_transport.InWords(e));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new KohaPatronException(KohaRestNotices.Broken(_endpoint.ApiRoot, e));
        }
    }

    private async Task<KohaAnswer> ReadAsync(HttpResponseMessage message)
    {
        var status = (int)message.StatusCode;
        if (status is >= 300 and < 400)
            throw new KohaPatronException(KohaRestNotices.Redirected(_endpoint.ApiRoot, status, message.Headers.Location));
        var bytes = await message.Content.ReadAsByteArrayAsync();
        var answer = new KohaAnswer(status, null)
        {
            TotalCount = message.Headers.TryGetValues("X-Total-Count", out var totals) && int.TryParse(totals.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var total) ? total : null,
            Wait = status == 429 ? KohaRetry.Told(message, _time) ?? _firstWait : null,
            Location = message.Headers.Location?.OriginalString,
        };
        if (bytes.Length == 0)
            return answer;
        try
        {
            ReadThrough(bytes);
            using var document = JsonDocument.Parse(bytes);
            return answer with { Json = document.RootElement.Clone() };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw new KohaPatronException(NoJson(status, bytes));
        }
    }

    /// <summary>Looks at every letter: one that is none would else be found only where it is used.</summary>
    private static void ReadThrough(byte[] json)
    {
        Letters.GetCharCount(json);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                reader.GetString();
        }
    }

    private Notice NoJson(int status, byte[] bytes)
    {
        if (Array.Find(bytes, letter => letter > ' ') != '<')
            return KohaRestNotices.NotKoha(_endpoint.ApiRoot, status, "something that is no JSON");
        // What nginx and Apache write on a page when http arrives at their port for https.
        var page = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, 2048));
        return status == 400 && _endpoint.ApiRoot.Scheme == "http" && (page.Contains("plain HTTP") || page.Contains("SSL-enabled"))
            ? KohaRestNotices.NeedsHttps(_endpoint.ApiRoot)
            : KohaRestNotices.NotKoha(_endpoint.ApiRoot, status, "a web page");
    }
}
