using ICSharpCode.SharpZipLib;
using ICSharpCode.SharpZipLib.GZip;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>
/// A stream's content, unzipped where it is gzip: by its first bytes, since the label may be wrong. The stream below is
/// always read to its end, where it verifies itself.
/// </summary>
internal sealed class UnzippedStream(Stream stored, StorageAddress address) : ReadOnlyStream
{
    private static readonly byte[] GzipBegins = [0x1F, 0x8B];

    private Stream? _whole;
    private Stream? _content;

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            _content ??= Open();
            var read = _content.Read(buffer, offset, count);
            if (read == 0 && count > 0)
                Drain();
            return read;
        }
        catch (Exception e) when (IsBroken(e))
        {
            // A wrong checksum says more than its consequence.
            Drain();
            throw new KohaPatronException(StorageNotices.NotGzip(address, e));
        }
    }

    /// <summary>What unzips a stream. The runtime's own reader takes what was cut for whole, and that of .NET Framework ends behind the first of several members.</summary>
    public static Stream Unzip(Stream zipped) => new GZipInputStream(zipped) { IsStreamOwner = false };

    /// <summary>Whether that says that the content is cut or damaged. In some of what is damaged the library goes by a number that is too large.</summary>
    public static bool IsBroken(Exception e) => e is SharpZipBaseException or EndOfStreamException or IndexOutOfRangeException;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content?.Dispose();
            stored.Dispose();
        }

        base.Dispose(disposing);
    }

    private Stream Open()
    {
        var first = new BinaryReader(stored).ReadBytes(GzipBegins.Length);
        _whole = new JoinedStream(first, stored);
        return first.SequenceEqual(GzipBegins) ? Unzip(_whole) : _whole;
    }

    private void Drain() => _whole!.CopyTo(Stream.Null);
}
