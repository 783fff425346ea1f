namespace KohaPatron.Core.Files;

/// <summary>Takes how far a file is read.</summary>
/// <param name="name">The file's name without its folder.</param>
/// <param name="done">The bytes that were read.</param>
/// <param name="size">All its bytes.</param>
internal delegate void FileProgress(string name, long done, long size);

/// <summary>A stream that tells, each time something is read of it, how much that is by now.</summary>
internal sealed class WatchedStream(Stream stream, Action<long> watch) : ReadOnlyStream
{
    private long _done;

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = stream.Read(buffer, offset, count);
        _done += read;
        watch(_done);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
