using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>
/// A card report line by line, with the cells of the line at hand. A row never goes over several lines: a quotation mark
/// that is not closed spoils its own line only. Most lines are cut where they stand in the buffer, without a text for each
/// cell; lines with quotation marks inside a cell go through the CSV library.
/// </summary>
internal sealed class ReportLines(Stream stream, Encoding encoding, char separator) : IDisposable
{
    private const int FirstSize = 32 * 1024;

    private readonly StreamReader _text = new(stream, encoding, detectEncodingFromByteOrderMarks: true);
    private readonly List<(int Start, int Length)> _cells = [];
    private char[] _buffer = new char[FirstSize];
    private int _start;
    private int _end;
    private long _read;
    private bool _afterReturn;
    private string[]? _quoted;
    private CsvConfiguration? _csv;

    /// <summary>The number of the line at hand, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Whether the line at hand is the last one and the file ends in it, without a line break.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Whether the file ends within quotation marks, in the line at hand.</summary>
    public bool IsWithinQuotes { get; private set; }

    /// <summary>How many cells the line at hand has.</summary>
    public int Count => _quoted?.Length ?? _cells.Count;

    /// <summary>Which share of the report ends with the line at hand, about: as if each letter were a digit.</summary>
    /// <param name="bytes">The bytes of the whole report.</param>
    public double Share(long bytes) => (double)(_read - _end + _start) * encoding.GetByteCount("0") / bytes;

    /// <summary>A cell of the line at hand without spaces around it; empty behind the line's end.</summary>
    [MethodImpl(Compile.Fully)]
    public ReadOnlySpan<char> Cell(int index) =>
        index >= Count ? [] : (_quoted is null ? _buffer.AsSpan(_cells[index].Start, _cells[index].Length) : _quoted[index].AsSpan()).Trim();

    /// <summary>Goes to the next line that is not empty; false at the end.</summary>
    [MethodImpl(Compile.Fully)]
    public bool Next()
    {
        while (NextLine(out var start, out var length))
        {
            Number++;
            if (length == 0)
                continue;
            _quoted = TryCut(start, start + length) ? null : Parse(new string(_buffer, start, length));
            return true;
        }

        return false;
    }

    public void Dispose() => _text.Dispose();

    /// <summary>The next line: it ends with CR, LF or both.</summary>
    [MethodImpl(Compile.Fully)]
    private bool NextLine(out int start, out int length)
    {
        for (var searched = 0; ;)
        {
            if (_afterReturn && _start < _end)
            {
                // The LF that belongs to the CR before.
                _start += _buffer[_start] == '\n' ? 1 : 0;
                _afterReturn = false;
            }

            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOfAny('\r', '\n');
            if (found >= 0)
            {
                (start, length) = (_start, searched + found);
                _afterReturn = _buffer[start + length] == '\r';
                _start += length + 1;
                return true;
            }

            searched = _end - _start;
            if (Fill())
                continue;
            (start, length) = (_start, searched);
            _start = _end;
            IsOpen = length > 0;
            IsWithinQuotes = _buffer.AsSpan(start, length).ToArray().Count(each => each == '"') % 2 != 0;
            return IsOpen;
        }
    }

    private bool Fill()
    {
        Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = _text.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _read += read;
        return read > 0;
    }

    /// <summary>Cuts a line at its separators; false where quotation marks stand elsewhere than around a whole cell.</summary>
    [MethodImpl(Compile.Fully)]
    private bool TryCut(int at, int end)
    {
        _cells.Clear();
        while (true)
        {
            var isQuoted = at < end && _buffer[at] == '"';
            var start = isQuoted ? at + 1 : at;
            var length = isQuoted ? _buffer.AsSpan(start, end - start).IndexOf('"') : _buffer.AsSpan(start, end - start).IndexOfAny(separator, '"');
            if (length < 0)
            {
                if (isQuoted)
                    return false;
                length = end - start;
            }

            _cells.Add((start, length));
            at = start + length + (isQuoted ? 1 : 0);
            if (at == end)
                return true;
            if (_buffer[at++] != separator)
                return false;
        }
    }

    /// <summary>The library is not loaded before a line needs it.</summary>
    private string[] Parse(string line)
    {
        _csv ??= new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator.ToString(), BadDataFound = null, ExceptionMessagesContainRawData = false };
        using var csv = new CsvParser(new StringReader(line), _csv);
        return csv.Read() ? csv.Record! : [];
    }
}
