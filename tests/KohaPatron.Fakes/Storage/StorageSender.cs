using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace KohaPatron.Fakes.Storage;

/// <summary>Sends an answer, or what a fault leaves of it.</summary>
internal static class StorageSender
{
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(50);

    public static async Task SendAsync(HttpContext context, StorageAnswer answer, StorageFault? fault)
    {
        switch (fault?.Kind)
        {
            case StorageFaultKind.Reset:
                context.Abort();
                return;
            case StorageFaultKind.Text:
                context.Response.ContentType = fault.Type;
                await context.Response.WriteAsync(fault.Text, context.RequestAborted);
                return;
        }

        var isBare = fault?.Kind is StorageFaultKind.Bare or StorageFaultKind.Whole;
        context.Response.StatusCode = isBare ? 200 : answer.Status;
        if (isBare)
            context.Response.ContentType = "text/html; charset=utf-8";
        foreach (var header in answer.Headers.Where(header => !isBare))
            context.Response.Headers.Append(header.Key, header.Value);
        await using var body = answer.Body();
        if (fault?.Kind == StorageFaultKind.Whole)
            body.Position = 0;
        context.Response.ContentLength = fault?.Kind == StorageFaultKind.Whole ? body.Length : answer.Length;
        if (context.Request.Method != "HEAD")
            await SendBodyAsync(context, body, context.Response.ContentLength ?? long.MaxValue, fault);
    }

    private static async Task SendBodyAsync(HttpContext context, Stream body, long length, StorageFault? fault)
    {
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        var breaksAt = fault?.Kind is StorageFaultKind.Cut or StorageFaultKind.CutByReset or StorageFaultKind.Stall ? fault.After : long.MaxValue;
        var buffer = new byte[64 * 1024];
        var sent = 0L;
        while (sent < Math.Min(length, breaksAt))
        {
            var read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, Math.Min(length, breaksAt) - sent)), context.RequestAborted);
            if (read == 0)
                break;
            if (fault is { Kind: StorageFaultKind.Corrupt } && fault.After >= sent && fault.After < sent + read)
                buffer[fault.After - sent] = buffer[fault.After - sent] == (byte)'A' ? (byte)'B' : (byte)'A';
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
            sent += read;
        }

        if (breaksAt >= length)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        // Too few bytes: the server closes the connection by itself. A reset takes back what was not read yet, so it comes later.
        if (fault!.Kind != StorageFaultKind.Cut)
            await Task.Delay(fault.Kind == StorageFaultKind.Stall ? Timeout.InfiniteTimeSpan : BeforeReset, context.RequestAborted);
        if (fault.Kind == StorageFaultKind.CutByReset)
            context.Abort();
    }
}
