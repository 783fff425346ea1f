using System.Runtime.CompilerServices;
using System.Text;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha.Csv;

/// <summary>
/// Writes rows as Koha's import takes them: UTF-8 without BOM, LF, RFC 4180 quoting, one line a row. The text goes straight
/// into a buffer of bytes: writing is the smallest part of a load, and a thread of its own cost more than it brought.
/// </summary>
internal sealed class RowWriter(Stream stream)
{
    private const int BufferSize = 64 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private byte[] _buffer = new byte[BufferSize];
    private int _end;

    /// <summary>Adds a row; its values must be on one line each.</summary>
    /// <exception cref="IOException">A row could not be written.</exception>
    [MethodImpl(Compile.Fully)]
    public void Add(string[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!TryAppendPlain(values[i]))
                AppendOther(values[i]);
            Append((byte)(i + 1 < values.Length ? ',' : '\n'));
        }
    }

    /// <summary>Hands what is left to the stream.</summary>
    /// <exception cref="IOException">A row could not be written.</exception>
    public void Flush()
    {
        stream.Write(_buffer, 0, _end);
        _end = 0;
    }

    /// <summary>Adds a value of plain letters, as nearly all are; false where it needs a closer look.</summary>
    [MethodImpl(Compile.Fully)]
    private bool TryAppendPlain(string value)
    {
        if (value.Length == 0)
            return true;
        if (value[0] == ' ' || value[value.Length - 1] == ' ')
            return false;
        MakeRoom(value.Length);
        var (buffer, end) = (_buffer, _end);
        foreach (var letter in value)
        {
            if (letter is > '\u007E' or ',' or '"')
                return false;
            buffer[end++] = (byte)letter;
        }

        _end = end;
        return true;
    }

    private void AppendOther(string value)
    {
        var isQuoted = value[0] == ' ' || value[value.Length - 1] == ' ' || value.AsSpan().IndexOfAny(',', '"') >= 0;
        if (isQuoted)
            Append((byte)'"');
        var text = isQuoted ? value.Replace("\"", "\"\"") : value;
        MakeRoom(Utf8.GetMaxByteCount(text.Length));
        _end += Utf8.GetBytes(text, 0, text.Length, _buffer, _end);
        if (isQuoted)
            Append((byte)'"');
    }

    [MethodImpl(Compile.Fully)]
    private void Append(byte letter)
    {
        MakeRoom(1);
        _buffer[_end++] = letter;
    }

    private void MakeRoom(int bytes)
    {
        if (_buffer.Length - _end >= bytes)
            return;
        Flush();
        if (_buffer.Length < bytes)
            _buffer = new byte[bytes];
    }
}
