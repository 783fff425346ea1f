using System.Net;

namespace KohaPatron.Core.Storage;

/// <summary>
/// Sends requests with a limit on each: on the headers of content, and on the whole of every other answer. It lies under
/// Google's handler, so that the wait for a token does not count.
/// </summary>
internal sealed class LimitedHandler : HttpClientHandler
{
    private const int MostInFlight = 4;

    /// <summary>Far more than a page of a list takes; an answer without an end must not fill the memory.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    private readonly TimeSpan _limit;

    public LimitedHandler(TimeSpan limit)
    {
        _limit = limit;
        // What is stored compressed is unzipped by the reader, after it was verified.
        (AllowAutoRedirect, UseCookies, AutomaticDecompression, MaxConnectionsPerServer) = (false, false, DecompressionMethods.None, MostInFlight);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await Idle.LimitAsync(AnswerAsync(request, stop.Token), stop.Cancel, _limit, cancellationToken);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var answer = await base.SendAsync(request, cancel);
        if (answer.IsSuccessStatusCode && request.RequestUri!.Query.Contains("alt=media"))
            return answer;
        using (cancel.Register(answer.Dispose))
            await answer.Content.LoadIntoBufferAsync(MostBytes);
        return answer;
    }
}
