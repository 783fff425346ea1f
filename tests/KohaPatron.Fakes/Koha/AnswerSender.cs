using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace KohaPatron.Fakes.Koha;

/// <summary>Puts an answer, or a fault in its place, on the wire.</summary>
internal static class AnswerSender
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task SendAsync(HttpContext context, Answer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        foreach (var header in answer.Headers)
            context.Response.Headers.Append(header.Key, header.Value);
        if (answer.Body is not null)
            await context.Response.WriteAsync(answer.Body.ToJsonString(Json), context.RequestAborted);
    }

    /// <param name="context">The request.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="answer">The right answer; null where the request took no effect.</param>
    /// <param name="version">Whose errors are given.</param>
    public static async Task FailAsync(HttpContext context, Fault fault, Answer? answer, KohaVersion version)
    {
        switch (fault.Kind)
        {
            case FaultKind.Stall:
                await Task.Delay(fault.Pause, context.RequestAborted);
                break;
            case FaultKind.Late:
                await Task.Delay(fault.Pause, context.RequestAborted);
                await SendAsync(context, answer!);
                break;
            case FaultKind.Odd:
                await SendAsync(context, fault.Odd(answer!));
                break;
            case FaultKind.Reset:
                context.Abort();
                break;
            case FaultKind.CutBody:
                await CutAsync(context, answer);
                break;
            case FaultKind.Garbled:
                await GarbleAsync(context, answer ?? Answer.Broken(version));
                break;
            case FaultKind.Html:
                context.Response.StatusCode = fault.Status;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!DOCTYPE html><html><body><h1>It works!</h1></body></html>", context.RequestAborted);
                break;
            default:
                await SendAsync(context, Refusal(fault, version));
                break;
        }
    }

    private static async Task CutAsync(HttpContext context, Answer? answer)
    {
        var whole = Encoding.UTF8.GetBytes((answer?.Body ?? "cut").ToJsonString(Json));
        context.Response.StatusCode = answer?.Status ?? 200;
        context.Response.ContentType = "application/json;charset=UTF-8";
        context.Response.ContentLength = whole.Length + 1;
        await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static async Task GarbleAsync(HttpContext context, Answer answer)
    {
        var text = answer.Body?.ToJsonString(Json) ?? "\"\"";
        context.Response.StatusCode = answer.Body is null ? 200 : answer.Status;
        context.Response.ContentType = answer.ContentType;
        await context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes(text.Insert(text.IndexOf(":\"", StringComparison.Ordinal) + 2, "é")), context.RequestAborted);
    }

    private static Answer Refusal(Fault fault, KohaVersion version)
    {
        var refusal = fault.Status switch
        {
            401 => Answer.Unauthenticated(),
            >= 500 => Answer.Broken(version) with { Status = fault.Status },
            _ => Answer.Error(fault.Status, "Told to fail."),
        };
        return fault.RetryAfter is { } seconds ? refusal.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)) : refusal;
    }
}
