namespace KohaPatron.Core.Files;

/// <summary>A stream from its begin, of which some was read already.</summary>
internal sealed class JoinedStream(byte[] begin, Stream rest) : ReadOnlyStream
{
    private int _at;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_at == begin.Length)
            return rest.Read(buffer, offset, count);
        var length = Math.Min(count, begin.Length - _at);
        Buffer.BlockCopy(begin, _at, buffer, offset, length);
        _at += length;
        return length;
    }
}
