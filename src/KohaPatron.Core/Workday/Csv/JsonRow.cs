using System.Globalization;
using System.Text;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday.Csv;

/// <summary>Writes rows as JSON objects into bytes that it uses again and again.</summary>
internal sealed class JsonRow
{
    private const byte Quote = (byte)'"';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[][] _names = [];
    private byte[] _bytes = new byte[4096];
    private int _length;

    public bool HasColumns => _names.Length > 0;

    public int Columns => _names.Length;

    /// <summary>The object at hand.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Takes the names of the columns; one that has none is called by its place, one that was there already too.</summary>
    public void SetColumns(IReadOnlyList<string> header)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        _names = [.. header.Select((name, place) => Prefix(Unique(name, place, taken), place))];
    }

    /// <summary>Writes a row; false: it is not UTF-8.</summary>
    public bool TryWrite(ReadOnlySpan<byte> bytes, RowCutter row)
    {
        _length = 0;
        var isAscii = true;
        for (var cell = 0; cell < row.Count; cell++)
        {
            var (start, length, hasDoubledQuotes) = row[cell];
            Reserve(_names[cell].Length + length * 6 + 5);
            Write(_names[cell]);
            var value = bytes.Slice(start, length);
            if (RowCutter.IsEmpty(value))
                Write("null"u8);
            else
                WriteText(value, hasDoubledQuotes, ref isAscii);
        }

        _bytes[_length++] = (byte)'}';
        return isAscii || IsUtf8();
    }

    private static string Unique(string name, int place, HashSet<string> taken)
    {
        var number = (place + 1).ToString(CultureInfo.InvariantCulture);
        name = name.Length == 0 ? $"Column {number}" : name;
        var unique = name;
        for (var again = 2; !taken.Add(unique); again++)
            unique = $"{name} ({again.ToString(CultureInfo.InvariantCulture)})";
        return unique;
    }

    private static byte[] Prefix(string name, int place) =>
        Encoding.UTF8.GetBytes($"{(place == 0 ? "{" : ",")}{JsonText.Quoted(name)}:");

    private void WriteText(ReadOnlySpan<byte> value, bool hasDoubledQuotes, ref bool isAscii)
    {
        _bytes[_length++] = Quote;
        var all = 0;
        for (var at = 0; at < value.Length; at++)
        {
            var letter = value[at];
            all |= letter;
            if (letter < ' ')
                WriteControl(letter);
            else if (letter is Quote or (byte)'\\')
                WriteEscaped(letter, hasDoubledQuotes, ref at);
            else
                _bytes[_length++] = letter;
        }

        isAscii &= all < 0x80;
        _bytes[_length++] = Quote;
    }

    private void WriteEscaped(byte letter, bool hasDoubledQuotes, ref int at)
    {
        _bytes[_length++] = (byte)'\\';
        _bytes[_length++] = letter;
        at += letter == Quote && hasDoubledQuotes ? 1 : 0;
    }

    private void WriteControl(byte letter) => Write(Encoding.ASCII.GetBytes("\\u" + letter.ToString("x4", CultureInfo.InvariantCulture)));

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more + 1 > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + more + 1));
    }

    private bool IsUtf8()
    {
        try
        {
            Strict.GetCharCount(_bytes, 0, _length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
