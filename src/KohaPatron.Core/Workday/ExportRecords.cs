using System.Text;
using KohaPatron.Core.Files;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday.Csv;

namespace KohaPatron.Core.Workday;

/// <summary>The records of a file of which only its first bytes tell what it is written in.</summary>
internal sealed class ExportRecords(Stream stream, WorkdayExport export) : IRecordSource
{
    private const int EnoughToTell = 4;

    private ExportBuffer _buffer = new(stream);
    private IRecordSource? _records;

    /// <summary>Names that a column of a CSV may have; null: any.</summary>
    public Func<string, bool>? IsColumn { get; init; } = export.Layouts.IsColumn;

    public ReadOnlySpan<byte> Slice => _records!.Slice;

    public long Record => _records?.Record ?? 0;

    public long SliceLine => _records!.SliceLine;

    public string Reason => _records!.Reason;

    public ReadOnlySpan<byte> Ahead => _records is null ? [] : _records.Ahead;

    public void Take(int length) => _records!.Take(length);

    /// <exception cref="IOException">The stream cannot be read further.</exception>
    public void Fill() => _buffer.Fill();

    public RecordStep Next()
    {
        if (_records is null && _buffer.Window.Length < EnoughToTell && !_buffer.IsFinal)
            return RecordStep.NeedsMore;
        return (_records ??= Choose()).Next();
    }

    private IRecordSource Choose()
    {
        var layout = export.Layouts.Of(export.Type);
        var unicode = FirstBytes.Utf16(_buffer.Window);
        export.IsCsv = layout.Format == ExportKeys.Csv || layout.Format is null && IsCsv(unicode);
        if (!export.IsCsv)
            return new ReportEntryReader(_buffer);
        if (FirstBytes.AreOfWorkbook(_buffer.Window))
            throw new ExportFaultException(ExportFault.Workbook);
        if ((unicode ?? (layout.Encoding is null ? null : Encoding.GetEncoding("iso-8859-1"))) is { } encoding)
            _buffer = new ExportBuffer(new Utf8Stream(new JoinedStream(_buffer.Window.ToArray(), stream), encoding));
        return new CsvRecordReader(_buffer, IsColumn);
    }

    /// <summary>By the name, unless what is there is JSON or a web page all the same.</summary>
    private bool IsCsv(Encoding? unicode)
    {
        var extension = Path.GetExtension(export.ShortName).ToUpperInvariant();
        var letters = (unicode ?? Encoding.UTF8).GetString(_buffer.Window.Slice(0, Math.Min(_buffer.Window.Length, 64)).ToArray()).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (extension is ".CSV" or ".TSV" or ".TXT" && letters.Length == 0)
            return true;
        return extension != ".JSON" && letters.Length > 0 && letters[0] is not ('{' or '[' or '<');
    }
}
