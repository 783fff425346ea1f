using System.Globalization;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>The body of one answer, from the asked position on, with a limit on how long nothing may come.</summary>
internal sealed class ObjectPart(HttpResponseMessage answer, StorageObject stored, long offset, TimeSpan idleLimit) : ReadOnlyStream
{
    private Stream? _body;

    /// <summary>Checks that the answer is of the object, and goes to the position.</summary>
    /// <exception cref="IOException">The answer is something else, or ends too early.</exception>
    /// <exception cref="KohaPatronException">The object was overwritten.</exception>
    public async Task OpenAsync(Stream body, CancellationToken cancel)
    {
        _body = body;
        CheckGeneration();
        var skip = offset - Start();
        var rest = new byte[Math.Min(skip, 64 * 1024)];
        while (skip > 0)
        {
            var read = await ReadAsync(rest, 0, (int)Math.Min(skip, rest.Length), cancel);
            skip -= read > 0 ? read : throw new EndOfStreamException("The answer ends before the position that was asked for.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Idle.LimitAsync(_body!.ReadAsync(buffer, offset, count, cancellationToken), answer.Dispose, idleLimit, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            answer.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The position at which the body begins. The status does not tell: a part is answered with 200 by some, and Content-Range is left out by others.</summary>
    private long Start()
    {
        var range = answer.Content.Headers.ContentRange;
        if (range is { HasLength: true } && range.Length != stored.Size)
            throw new KohaPatronException(StorageNotices.Overwritten(stored.Address));
        var length = answer.Content.Headers.ContentLength;
        var start = range?.From ?? (offset > 0 && length == stored.Size - offset ? offset : 0);
        if (start > offset || start + length > stored.Size)
            throw new IOException("The answer is not a part of the object.");
        return start;
    }

    private void CheckGeneration()
    {
        var told = answer.Headers.TryGetValues("x-goog-generation", out var values) ? values.FirstOrDefault() : null;
        if (long.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var generation) && generation != stored.Generation)
            throw new KohaPatronException(StorageNotices.Overwritten(stored.Address));
    }
}
