using System.Net;
using Google;
using KohaPatron.Core.Http;
using Polly;
using Polly.Retry;

namespace KohaPatron.Core.Storage;

/// <summary>An answer that may be another next time: too slow, too many, or the service's own fault.</summary>
internal sealed class PassingAnswerException(HttpStatusCode status) : IOException($"Cloud Storage answered {(int)status}.");

/// <summary>When a read is tried again, by the service's documented rules: 408, 429, 5xx, lost connections; waits from one second, doubling, to 32.</summary>
internal static class StorageRetry
{
    private const int Tries = 6;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(32);

    public static ResiliencePipeline Pipeline(TimeSpan firstWait) => new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Tries - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstWait,
            MaxDelay = LongestWait,
            ShouldHandle = attempt => new ValueTask<bool>(
                attempt.Outcome.Exception is GoogleApiException refused ? HttpFaults.IsPassing(refused.HttpStatusCode) : HttpFaults.IsPassing(attempt.Outcome.Exception)),
        })
        .Build();
}
