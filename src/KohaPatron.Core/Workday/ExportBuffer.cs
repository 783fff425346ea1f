namespace KohaPatron.Core.Workday;

/// <summary>Owns the bytes between a stream and whoever takes records out of it: fills, grows up to a cap, drops the BOM once, counts lines.</summary>
internal sealed class ExportBuffer(Stream stream)
{
    private const int InitialSize = 128 * 1024;
    private const int LargestSize = 16 * 1024 * 1024;

    private byte[] _bytes = new byte[InitialSize];
    private int _start;
    private int _end;
    private bool _bomChecked;

    /// <summary>The bytes at hand that nobody consumed yet.</summary>
    public ReadOnlySpan<byte> Window => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Whether the stream has ended: the window is all there is.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>How many bytes the stream gave, the BOM included.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The line on which the window begins, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>Whether the window holds as much as it may, and still no end of the value in it.</summary>
    public bool IsFull => _end - _start >= LargestSize;

    /// <summary>Gives up the first bytes of the window.</summary>
    public void Advance(int count)
    {
        Line += CountLines(_bytes.AsSpan(_start, count));
        _start += count;
    }

    /// <summary>The line on which a byte of the window stands, from 1.</summary>
    public long LineAt(int position) => Line + CountLines(Window.Slice(0, position));

    /// <summary>Reads once more from the stream; sets <see cref="IsFinal"/> where there is nothing more.</summary>
    public void Fill()
    {
        MakeRoom();
        ReadOnce();
        while (!_bomChecked && !IsFinal && _end < 3)
            ReadOnce();
        if (!_bomChecked)
            SkipBom();
    }

    private void ReadOnce()
    {
        var read = stream.Read(_bytes, _end, _bytes.Length - _end);
        IsFinal = read == 0;
        BytesRead += read;
        _end += read;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_bytes, _start, _bytes, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(_bytes.Length * 2, LargestSize + 1));
    }

    private void SkipBom()
    {
        _bomChecked = true;
        if (Window.StartsWith("\uFEFF"u8))
            _start += 3;
    }

    private static long CountLines(ReadOnlySpan<byte> bytes)
    {
#if NET
        return bytes.Count((byte)'\n');
#else
        long lines = 0;
        for (var at = bytes.IndexOf((byte)'\n'); at >= 0; at = bytes.IndexOf((byte)'\n'))
        {
            lines++;
            bytes = bytes.Slice(at + 1);
        }

        return lines;
#endif
    }
}
