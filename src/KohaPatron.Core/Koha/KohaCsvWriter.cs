using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Registration;
using FieldText = KohaPatron.Core.Registration.Text;

namespace KohaPatron.Core.Koha;

/// <summary>
/// Writes rows as Koha's import takes them: UTF-8 without BOM, a header in Koha's names, LF, RFC 4180 quoting, one line a
/// row. A line break inside a value becomes a space, and is reported: Koha reads the file line by line.
/// </summary>
internal sealed class KohaCsvWriter : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly Action<string> _flattened;
    private readonly CsvWriter _csv;

    /// <param name="stream">Where the file goes; left open.</param>
    /// <param name="flattened">Told the column whose value lost a line break.</param>
    public KohaCsvWriter(Stream stream, Action<string> flattened)
    {
        _flattened = flattened;
        var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), BufferSize, leaveOpen: true);
        _csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n", BufferSize = BufferSize });
    }

    public void WriteHeader(IReadOnlyList<string> columns)
    {
        foreach (var column in columns)
            _csv.WriteField(column);
        _csv.NextRecord();
    }

    /// <summary>Writes a row with the twelve columns of <see cref="KohaColumns"/>.</summary>
    public void Write(KohaPatronRow row)
    {
        foreach (var column in KohaColumns.All)
            WriteField(column.Name, column.Get(row));
        _csv.NextRecord();
    }

    /// <summary>Writes a row with other columns; the values in the order of the header.</summary>
    public void Write(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        for (var i = 0; i < columns.Count; i++)
            WriteField(columns[i], values[i]);
        _csv.NextRecord();
    }

    public void Dispose() => _csv.Dispose();

    private void WriteField(string column, string value)
    {
        var flat = FieldText.Flatten(value);
        if (!ReferenceEquals(flat, value))
            _flattened(column);
        _csv.WriteField(flat);
    }
}
