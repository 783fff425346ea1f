using System.Runtime.InteropServices;
using System.Text;

namespace KohaPatron.Core.Workday.Csv;

/// <summary>A cell where it stands in the buffer, without the quotation marks around it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CsvCell(int Start, int Length, bool HasDoubledQuotes);

/// <summary>Cuts the row with which some bytes begin into its cells.</summary>
internal sealed class RowCutter
{
    private const byte Quote = (byte)'"';
    private const byte Return = (byte)'\r';
    private const byte Feed = (byte)'\n';

    private CsvCell[] _cells = new CsvCell[32];

    /// <summary>What stands between the cells.</summary>
    public byte Separator { get; set; }

    /// <summary>How many bytes the row has, its end included.</summary>
    public int Length { get; private set; }

    /// <summary>How many cells it has.</summary>
    public int Count { get; private set; }

    /// <summary>Whether text stands behind a closing quotation mark: where the cells begin and end is not certain.</summary>
    public bool HasStrayQuote { get; private set; }

    public CsvCell this[int cell] => _cells[cell];

    public void Clear() => (Length, Count, HasStrayQuote) = (0, 0, false);

    /// <summary>Whether the row has nothing in it.</summary>
    public bool IsBlank(ReadOnlySpan<byte> bytes)
    {
        for (var cell = 0; cell < Count; cell++)
        {
            if (!IsEmpty(bytes.Slice(_cells[cell].Start, _cells[cell].Length)))
                return false;
        }

        return true;
    }

    /// <summary>Whether nothing but blanks and line ends stands there.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> bytes)
    {
        foreach (var letter in bytes)
        {
            if (letter is not ((byte)' ' or Return or Feed))
                return false;
        }

        return true;
    }

    public string Text(ReadOnlySpan<byte> bytes, int cell)
    {
        var text = Encoding.UTF8.GetString(bytes.Slice(_cells[cell].Start, _cells[cell].Length).ToArray());
        return _cells[cell].HasDoubledQuotes ? text.Replace("\"\"", "\"") : text;
    }

    /// <summary>Cuts the first row.</summary>
    /// <param name="bytes">The row and what follows.</param>
    /// <param name="isAll">Whether nothing comes after the bytes.</param>
    /// <returns>False: the row does not end in them.</returns>
    public bool TryCut(ReadOnlySpan<byte> bytes, bool isAll)
    {
        Clear();
        for (var at = 0; ; at++)
        {
            if (at < bytes.Length && bytes[at] == Quote ? !TryCutQuoted(bytes, ref at, isAll) : !TryCutPlain(bytes, ref at, isAll))
                return false;
            if (at == bytes.Length)
            {
                Length = at;
                return true;
            }

            if (bytes[at] == Separator)
                continue;
            if (bytes[at] == Return && at + 1 == bytes.Length && !isAll)
                return false;
            Length = bytes[at] == Return && at + 1 < bytes.Length && bytes[at + 1] == Feed ? at + 2 : at + 1;
            return true;
        }
    }

    private bool TryCutPlain(ReadOnlySpan<byte> bytes, ref int at, bool isAll)
    {
        var length = bytes.Slice(at).IndexOfAny(Separator, Feed, Return);
        if (length < 0 && !isAll)
            return false;
        if (length < 0)
            length = bytes.Length - at;
        Add(new CsvCell(at, length, false));
        at += length;
        return true;
    }

    private bool TryCutQuoted(ReadOnlySpan<byte> bytes, ref int at, bool isAll)
    {
        var start = ++at;
        for (var hasDoubled = false; ; hasDoubled = true, at += 2)
        {
            var length = bytes.Slice(at).IndexOf(Quote);
            if (length < 0 || at + length + 1 == bytes.Length && !isAll)
                return false;
            at += length;
            if (at + 1 < bytes.Length && bytes[at + 1] == Quote)
                continue;
            Add(new CsvCell(start, at - start, hasDoubled));
            at++;
            return at == bytes.Length || bytes[at] == Separator || bytes[at] is Return or Feed || TryPassStray(bytes, ref at, isAll);
        }
    }

    private bool TryPassStray(ReadOnlySpan<byte> bytes, ref int at, bool isAll)
    {
        HasStrayQuote = true;
        var length = bytes.Slice(at).IndexOfAny(Feed, Return);
        at = length < 0 ? bytes.Length : at + length;
        return length >= 0 || isAll;
    }

    private void Add(CsvCell cell)
    {
        if (Count == _cells.Length)
            Array.Resize(ref _cells, Count * 2);
        _cells[Count++] = cell;
    }
}
