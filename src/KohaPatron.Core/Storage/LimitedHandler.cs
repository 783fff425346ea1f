using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// Sends requests with a limit on each: on the headers of content, and on the whole of every other answer. It lies under
/// Google's handler, so that the wait for a token does not count.
/// </summary>
/// <param name="limit">The limit.</param>
internal sealed class LimitedHandler(TimeSpan limit) : HttpClientHandler
{
    /// <summary>Far more than a page of a list takes; an answer without an end must not fill the memory.</summary>
    private const long MostBytes = 16 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await Idle.LimitAsync(AnswerAsync(request, stop.Token), stop.Cancel, limit, cancellationToken);
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancel)
    {
        var answer = await base.SendAsync(request, cancel);
        if (answer.IsSuccessStatusCode && request.RequestUri!.Query.Contains("alt=media"))
            return answer;
        try
        {
            using (cancel.Register(answer.Dispose))
                await answer.Content.LoadIntoBufferAsync(MostBytes);
            return answer;
        }
        catch (HttpRequestException e) when (e.InnerException is null)
        {
            // Not the connection: it is too large, and would be the next time.
            throw new KohaPatronException(StorageNotices.NotStorage(request.RequestUri!.GetLeftPart(UriPartial.Authority)));
        }
    }
}
