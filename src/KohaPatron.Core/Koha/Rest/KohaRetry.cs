using System.Net;
using Polly;
using Polly.Retry;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Which answers are asked for again, and when. Only reads are; whatever writes is settled by whoever sent it, by reading.</summary>
internal static class KohaRetry
{
    private const int Tries = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>For reads: whatever may pass. For writes: only 429, by which Koha says that it did nothing.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time, TimeSpan firstWait, bool writes) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Tries - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstWait,
            MaxDelay = LongestWait,
            ShouldHandle = attempt => new ValueTask<bool>(writes ? attempt.Outcome.Result?.StatusCode == (HttpStatusCode)429 : IsPassing(attempt.Outcome)),
            DelayGenerator = attempt => new ValueTask<TimeSpan?>(Told(attempt.Outcome.Result, time)),
        })
        .Build();

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) => outcome.Result is { } answer
        ? answer.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.InternalServerError or (HttpStatusCode)429
        : outcome.Exception is IOException or TimeoutException || (outcome.Exception is HttpRequestException e && !IsFinal(e));

    /// <summary>A wrong name or a certificate that is not trusted does not get better by asking again.</summary>
    private static bool IsFinal(HttpRequestException e)
    {
        var inner = e.GetBaseException();
        return inner is System.Security.Authentication.AuthenticationException
            || inner is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.HostNotFound or System.Net.Sockets.SocketError.ConnectionRefused or System.Net.Sockets.SocketError.TryAgain };
    }

    /// <summary>What Retry-After says.</summary>
    private static TimeSpan? Told(HttpResponseMessage? answer, TimeProvider time)
    {
        var told = answer?.Headers.RetryAfter?.Delta ?? (answer?.Headers.RetryAfter?.Date - time.GetUtcNow());
        return told is { } wait ? (wait < LongestWait ? wait : LongestWait) : null;
    }
}
