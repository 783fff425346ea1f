using System.Text;

namespace KohaPatron.Core.Files;

/// <summary>Text of another encoding as UTF-8, while it is read.</summary>
internal sealed class Utf8Stream(Stream stream, Encoding encoding) : ReadOnlyStream
{
    private const int Step = 16 * 1024;

    private readonly StreamReader _text = new(stream, encoding, detectEncodingFromByteOrderMarks: false, bufferSize: Step);
    private readonly Encoder _utf8 = Encoding.UTF8.GetEncoder();
    private readonly char[] _chars = new char[Step];
    private readonly byte[] _bytes = new byte[Encoding.UTF8.GetMaxByteCount(Step)];
    private int _start;
    private int _end;

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_start == _end)
        {
            var read = _text.Read(_chars, 0, Step);
            if (read == 0)
                return 0;
            (_start, _end) = (0, _utf8.GetBytes(_chars, 0, read, _bytes, 0, flush: false));
        }

        var length = Math.Min(count, _end - _start);
        Buffer.BlockCopy(_bytes, _start, buffer, offset, length);
        _start += length;
        return length;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _text.Dispose();
        base.Dispose(disposing);
    }
}
