using System.Net;
using KohaPatron.Core.Http;
using Polly;
using Polly.Retry;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Which answers are asked for again, and when. Only reads are; whatever writes is settled by whoever sent it, by reading.</summary>
internal static class KohaRetry
{
    private const int Tries = 4;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>For reads: whatever may pass. Where nothing listens the address is wrong, unless somebody did before: then Koha is being restarted.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Reads(TimeProvider time, TimeSpan firstWait, Func<bool> wasReached) =>
        Pipeline(time, firstWait, outcome => IsPassing(outcome) || (outcome.Exception is HttpRequestException e && HttpFaults.IsUnreached(e) && wasReached()));

    /// <summary>For writes: only 429, by which Koha says that it did nothing.</summary>
    public static ResiliencePipeline<HttpResponseMessage> Writes(TimeProvider time, TimeSpan firstWait) =>
        Pipeline(time, firstWait, outcome => outcome.Result?.StatusCode == (HttpStatusCode)429);

    private static ResiliencePipeline<HttpResponseMessage> Pipeline(TimeProvider time, TimeSpan firstWait, Func<Outcome<HttpResponseMessage>, bool> passes) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Tries - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = firstWait,
            MaxDelay = LongestWait,
            ShouldHandle = attempt => new ValueTask<bool>(passes(attempt.Outcome)),
            DelayGenerator = attempt => new ValueTask<TimeSpan?>(Told(attempt.Outcome.Result, time)),
        })
        .Build();

    private static bool IsPassing(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer ? HttpFaults.IsPassing(answer.StatusCode) : HttpFaults.IsPassing(outcome.Exception);

    /// <summary>What Retry-After says, within reason.</summary>
    public static TimeSpan? Told(HttpResponseMessage? answer, TimeProvider time) =>
        HttpFaults.ToldWait(answer, time) is { } wait ? TimeSpan.FromTicks(Math.Max(0, Math.Min(wait.Ticks, LongestWait.Ticks))) : null;
}
