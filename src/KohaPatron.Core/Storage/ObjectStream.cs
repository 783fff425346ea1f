using KohaPatron.Core.Files;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// The stored bytes of one generation of an object as one stream, however often the connection breaks: it goes on where it
/// broke, and at the end the checksum must fit. It is never a mixture of two contents.
/// </summary>
internal sealed class ObjectStream(CloudStorage store, StorageObject stored, CancellationToken cancel) : ReadOnlyStream
{
    private ObjectPart? _part;
    private Crc32c _checksum;
    private long _position;

    /// <summary>Takes bytes that are at hand already as read.</summary>
    public void Skip(ReadOnlySpan<byte> bytes)
    {
        _checksum.Append(bytes);
        _position += bytes.Length;
    }

    /// <exception cref="IOException">The connection broke, again and again.</exception>
    /// <exception cref="KohaPatronException">The object was overwritten or deleted, or its checksum does not fit.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var wanted = (int)Math.Min(count, stored.Size - _position);
        if (wanted <= 0)
        {
            Verify();
            return 0;
        }

        var read = ReadOnAsync(buffer, offset, wanted).GetAwaiter().GetResult();
        Skip(buffer.AsSpan(offset, read));
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _part?.Dispose();
        base.Dispose(disposing);
    }

    private async Task<int> ReadOnAsync(byte[] buffer, int offset, int count)
    {
        try
        {
            if (_part is not null)
                return await _part.ReadAsync(buffer, offset, count, cancel);
        }
        catch (Exception e) when (HttpFaults.IsPassing(e))
        {
            // It broke here, and goes on here.
        }

        try
        {
            return await store.Retry.ExecuteAsync(token => ReopenAsync(buffer, offset, count, token), cancel);
        }
        catch (Exception e) when (HttpFaults.IsPassing(e) && e is not IOException)
        {
            throw new IOException(HttpFaults.Innermost(e), e);
        }
    }

    /// <summary>Opening counts as done when the first bytes have come, so that progress begins the waits anew.</summary>
    private async ValueTask<int> ReopenAsync(byte[] buffer, int offset, int count, CancellationToken token)
    {
        _part?.Dispose();
        _part = null;
        _part = await store.OpenAsync(stored, _position, token);
        await _part.GoToAsync(_position, stored, token);
        return await _part.ReadAsync(buffer, offset, count, token);
    }

    private void Verify()
    {
        if (stored.Crc32c is { } expected && expected != _checksum.Value)
            throw new KohaPatronException(StorageNotices.ChecksumWrong(stored.Address));
    }
}
