using System.Globalization;

namespace KohaPatron.Core.Storage;

/// <summary>A limit on how long nothing may come. HttpClient's own time-out ends at the headers, and .NET Framework's streams cannot be cancelled.</summary>
internal static class Idle
{
    /// <summary>Waits for something, but no longer than the limit.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="end">Ends it when the limit has passed, or the wait is cancelled.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="TimeoutException">The limit has passed.</exception>
    public static async Task<T> LimitAsync<T>(Task<T> task, Action end, TimeSpan limit, CancellationToken cancel)
    {
        try
        {
            return await task.WaitAsync(limit, TimeProvider.System, cancel);
        }
        catch (Exception e) when (!task.IsCompleted)
        {
            end();
            // Whatever it ends with now is of no interest, and must not come up as an unobserved exception.
            _ = task.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw e is TimeoutException ? new TimeoutException($"Nothing came for {limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s.") : e;
        }
    }
}
