using System.Globalization;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>The body of one answer, with a limit on how long nothing may come.</summary>
internal sealed class ObjectPart(HttpResponseMessage answer, TimeSpan idleLimit) : IDisposable
{
    private Task<Stream> Body => answer.Content.ReadAsStreamAsync();

    /// <summary>Checks that the answer is of the object, and goes to a position in it.</summary>
    /// <exception cref="IOException">The answer is something else, or ends too early.</exception>
    /// <exception cref="KohaPatronException">The object was overwritten.</exception>
    public async Task GoToAsync(long position, StorageObject stored, CancellationToken cancel)
    {
        CheckGeneration(stored);
        var skip = position - StartOf(position, stored);
        var rest = new byte[Math.Min(skip, 64 * 1024)];
        while (skip > 0)
            skip -= await ReadAsync(rest, 0, (int)Math.Min(skip, rest.Length), cancel);
    }

    /// <summary>Reads some bytes, at least one.</summary>
    /// <exception cref="IOException">There are no more.</exception>
    /// <exception cref="TimeoutException">None came for too long.</exception>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancel)
    {
        var body = await Body;
        var read = await Idle.LimitAsync(body.ReadAsync(buffer, offset, count, cancel), answer.Dispose, idleLimit, cancel);
        return read > 0 ? read : throw new IOException("The connection ended before the object did.");
    }

    public void Dispose() => answer.Dispose();

    /// <summary>The position at which the body begins. The status does not tell: a part is answered with 200 by some, and Content-Range is left out by others.</summary>
    private long StartOf(long asked, StorageObject stored)
    {
        var (range, length) = (answer.Content.Headers.ContentRange, answer.Content.Headers.ContentLength);
        if (range is { HasLength: true } && range.Length != stored.Size)
            throw new KohaPatronException(StorageNotices.Overwritten(stored.Address));
        var start = range?.From ?? (asked > 0 && length == stored.Size - asked ? asked : 0);
        return start <= asked && !(start + length > stored.Size) ? start : throw new IOException("The answer is not a part of the object.");
    }

    private void CheckGeneration(StorageObject stored)
    {
        var told = answer.Headers.TryGetValues("x-goog-generation", out var values) ? values.FirstOrDefault() : null;
        if (long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation != stored.Generation)
            throw new KohaPatronException(StorageNotices.Overwritten(stored.Address));
    }
}
