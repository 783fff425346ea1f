using System.Text;
using KohaPatron.Core.Files;

namespace KohaPatron.Core.Workday.Csv;

/// <summary>
/// The rows of a CSV as records: each cell under the name that its column has in the header, a blank one as null. Cells in
/// quotation marks may hold separators, line breaks and doubled quotation marks.
/// </summary>
/// <param name="buffer">The file, as UTF-8.</param>
/// <param name="isColumn">Names by which the header is known; null: it is the first row of several cells.</param>
internal sealed class CsvRecordReader(ExportBuffer buffer, Func<string, bool>? isColumn) : IRecordSource
{
    private const int HeaderWithin = 10;
    private const int Head = 4096;

    private readonly RowCutter _row = new();
    private readonly JsonRow _json = new();
    private bool _hasSeparator;
    private int _rowsBeforeHeader;

    public ReadOnlySpan<byte> Slice => _json.Bytes;

    public long Record { get; private set; }

    public long SliceLine => buffer.Line;

    public string Reason { get; private set; } = string.Empty;

    /// <summary>Nothing: a row is no JSON before it is cut.</summary>
    public ReadOnlySpan<byte> Ahead => [];

    public void Take(int length) => throw new InvalidOperationException("A row has no record ahead.");

    public RecordStep Next()
    {
        while (true)
        {
            buffer.Advance(_row.Length);
            _row.Clear();
            if (!_hasSeparator && !TryChooseSeparator())
                return RecordStep.NeedsMore;
            if (buffer.Window.IsEmpty && buffer.IsFinal)
                return _json.HasColumns ? RecordStep.End : throw NoHeader();
            if (!_row.TryCut(buffer.Window, buffer.IsFinal))
                return Wait();
            if (_row.IsBlank(buffer.Window))
                continue;
            if (_json.HasColumns)
                return Take();
            ReadHeader();
        }
    }

    private RecordStep Wait()
    {
        if (buffer.IsFinal)
            throw Truncated();
        return buffer.IsFull ? throw new ExportFaultException(ExportFault.RecordTooLarge) { Record = Record + 1, Line = buffer.Line } : RecordStep.NeedsMore;
    }

    private RecordStep Take()
    {
        Reason = string.Empty;
        if (_row.Count < _json.Columns && IsLast(out var isSure))
        {
            if (isSure)
                throw Truncated();
            _row.Clear();
            return RecordStep.NeedsMore;
        }

        Record++;
        if (_row.HasStrayQuote)
            Reason = "has a quotation mark inside of a cell, which is not doubled";
        else if (_row.Count != _json.Columns)
            Reason = $"has {Number(_row.Count)} cells, the header has {Number(_json.Columns)}";
        else if (!_json.TryWrite(buffer.Window, _row))
            Reason = "is not valid UTF-8 text; if the report is Latin-1, say so with \"encoding\" in the settings' \"exports\"";
        return Reason.Length > 0 ? RecordStep.Unreadable : RecordStep.Record;
    }

    /// <summary>Whether nothing follows the row, as far as the window shows.</summary>
    private bool IsLast(out bool isSure)
    {
        isSure = buffer.IsFinal;
        return RowCutter.IsEmpty(buffer.Window.Slice(_row.Length));
    }

    private bool TryChooseSeparator()
    {
        if (buffer.Window.Length < Head && !buffer.IsFinal)
            return false;
        if (buffer.Window.IsEmpty)
            throw new ExportFaultException(ExportFault.EmptyCsv);
        var head = Encoding.UTF8.GetString(buffer.Window.Slice(0, Math.Min(buffer.Window.Length, Head)).ToArray());
        _row.Separator = (byte)((isColumn is null ? null : CsvSeparator.Of(head, isColumn)) ?? CsvSeparator.MostFrequent(head));
        return _hasSeparator = true;
    }

    private void ReadHeader()
    {
        var names = Enumerable.Range(0, _row.Count).Select(cell => _row.Text(buffer.Window, cell).Trim()).ToList();
        if (isColumn is null ? names.Count(name => name.Length > 0) > 1 : names.Any(isColumn))
            _json.SetColumns(names);
        else if (++_rowsBeforeHeader == HeaderWithin)
            throw NoHeader();
    }

    private ExportFaultException NoHeader() => new(_rowsBeforeHeader == 0 ? ExportFault.EmptyCsv : ExportFault.NoHeader);

    private ExportFaultException Truncated() => new(ExportFault.Truncated) { Record = Record + 1, Offset = buffer.BytesRead, InRecords = true };

    private static string Number(int count) => count.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
