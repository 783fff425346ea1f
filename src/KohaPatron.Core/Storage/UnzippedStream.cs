using System.IO.Compression;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// A stream's content, unzipped where it is gzip: by its first bytes, since the label may be wrong. The stream below is
/// always read to its end, where it verifies itself.
/// </summary>
internal sealed class UnzippedStream : ReadOnlyStream
{
    private readonly Rewound _stored;
    private readonly StorageAddress _address;
    private Stream? _content;

    public UnzippedStream(Stream stored, StorageAddress address)
    {
        _address = address;
        _stored = new Rewound(stored);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            _content ??= _stored.IsGzip() ? new GZipStream(_stored, CompressionMode.Decompress, leaveOpen: true) : _stored;
            var read = _content.Read(buffer, offset, count);
            if (read == 0 && count > 0)
                Drain();
            return read;
        }
        catch (InvalidDataException e)
        {
            // A wrong checksum says more than its consequence.
            Drain();
            throw new KohaPatronException(StorageNotices.NotGzip(_address, e));
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content?.Dispose();
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Drain()
    {
        var rest = new byte[8 * 1024];
        while (_stored.Read(rest, 0, rest.Length) > 0)
        {
        }
    }

    /// <summary>A stream whose first bytes can be looked at.</summary>
    private sealed class Rewound(Stream stream) : ReadOnlyStream
    {
        private static readonly byte[] GzipBegins = [0x1F, 0x8B];

        private readonly Queue<byte> _first = new();

        public bool IsGzip()
        {
            while (_first.Count < GzipBegins.Length && stream.ReadByte() is >= 0 and var next)
                _first.Enqueue((byte)next);
            return _first.SequenceEqual(GzipBegins);
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_first.Count == 0 || count == 0)
                return stream.Read(buffer, offset, count);
            buffer[offset] = _first.Dequeue();
            return 1;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
