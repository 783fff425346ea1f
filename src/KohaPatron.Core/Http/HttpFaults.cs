using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace KohaPatron.Core.Http;

/// <summary>Which faults of a request pass by themselves, and how long a server says to wait.</summary>
internal static class HttpFaults
{
    /// <summary>Whether an answer is worth asking again for: too slow, too many, or the server's own fault.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or (HttpStatusCode)429 || (int)status is >= 500 and <= 599 and not 501;

    /// <summary>Whether a request that got no answer is worth sending again.</summary>
    public static bool IsPassing(Exception? fault) => fault switch
    {
        IOException or TimeoutException => true,
        HttpRequestException e => !IsFinal(e),
        _ => false,
    };

    /// <summary>What Retry-After says.</summary>
    public static TimeSpan? ToldWait(HttpResponseMessage? answer, TimeProvider time) =>
        answer?.Headers.RetryAfter?.Delta ?? (answer?.Headers.RetryAfter?.Date - time.GetUtcNow());

    /// <summary>The text of the innermost exception, which says what happened, as a sentence: the system's own end without a full stop.</summary>
    public static string Innermost(Exception e) => e.GetBaseException().Message.TrimEnd('.', ' ') + ".";

    /// <summary>Whether the machine was not found, or nothing listens there: a wrong name, unless it answered before.</summary>
    public static bool IsUnreached(HttpRequestException fault) =>
        fault.GetBaseException() is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.ConnectionRefused or SocketError.TryAgain };

    /// <summary>A wrong name or a certificate that is not trusted does not get better by asking again.</summary>
    private static bool IsFinal(HttpRequestException fault) => IsUnreached(fault) || fault.GetBaseException() is AuthenticationException;
}
