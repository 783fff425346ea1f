using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Koha.Csv;

/// <summary>The import file while it is written: its columns are those of the first row, or of the file it is added to.</summary>
internal sealed class PatronCsvFile : IDisposable
{
    private static readonly string[] Standard = [.. KohaColumns.All.Select(column => column.Name)];

    private readonly AtomicFile _file;
    private readonly RowWriter _writer;
    private readonly Action<Notice> _tell;
    private readonly bool _wasReadOnly;

    // One for all rows, which are written as they come.
    private readonly string[] _values = new string[Standard.Length];
    private IReadOnlyList<string>? _columns;

    private PatronCsvFile(AtomicFile file, bool wasReadOnly, Action<Notice> tell)
    {
        _file = file;
        _wasReadOnly = wasReadOnly;
        _tell = tell;
        _writer = new RowWriter(file.Stream);
    }

    /// <summary>Whether the columns are settled.</summary>
    public bool HasColumns => _columns is not null;

    /// <summary>Whether the columns are the twelve of <see cref="KohaColumns"/>.</summary>
    public bool HasStandardColumns => ReferenceEquals(_columns, Standard);

    /// <exception cref="KohaPatronException">The file cannot be written or, to append, has no header.</exception>
    public static PatronCsvFile Open(string path, bool append, bool force, Action<Notice> tell)
    {
        try
        {
            var old = new FileInfo(path);
            var readOnly = old.Exists && old.IsReadOnly;
            if (readOnly && !force)
                throw new KohaPatronException(KohaCsvNotices.ReadOnly(path));
            var file = new PatronCsvFile(new AtomicFile(path), readOnly, tell);
            try
            {
                if (append && old is { Exists: true, Length: > 0 })
                    file.TakeOver(path);
                return file;
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(KohaCsvNotices.CannotWrite(path, e));
        }
    }

    /// <summary>Writes a row with the standard columns.</summary>
    public void Write(KohaPatronRow row)
    {
        Settle(Standard);
        row.CopyValues(_values);
        for (var i = 0; !row.IsOnOneLine && i < _values.Length; i++)
            _values[i] = OneLine(_values[i], Standard[i], row.userid);
        Add(_values);
    }

    /// <summary>Writes a row with columns of its own; columns that the file does not have are an error of this row.</summary>
    public void Write(IReadOnlyList<KeyValuePair<string, string>> row)
    {
        Settle([.. row.Select(value => value.Key)]);
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in row)
            byName[value.Key] = value.Value;
        var user = byName.TryGetValue("userid", out var id) ? id : "A row without userid";
        var strange = byName.Keys.Where(name => !_columns!.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (strange.Count > 0)
            _tell(KohaCsvNotices.OtherColumns(user, strange));
        else
            Add([.. _columns!.Select(column => byName.TryGetValue(column, out var text) ? OneLine(text, column, user) : string.Empty)]);
    }

    /// <summary>Puts the file in place; without any row it holds the header alone.</summary>
    public void Commit()
    {
        Settle(Standard);
        try
        {
            _writer.Flush();
            if (_wasReadOnly)
                new FileInfo(_file.Path).IsReadOnly = false;
            _file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(KohaCsvNotices.CannotWrite(_file.Path, e));
        }
    }

    public void Dispose() => _file.Dispose();

    private void Settle(IReadOnlyList<string> columns)
    {
        if (_columns is not null)
            return;
        _columns = columns;
        Add([.. columns]);
    }

    private void Add(string[] values)
    {
        try
        {
            _writer.Add(values);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(KohaCsvNotices.CannotWrite(_file.Path, e));
        }
    }

    private string OneLine(string value, string column, string user)
    {
        if (!CellText.NeedsFlattening(value))
            return value;
        _tell(KohaCsvNotices.Flattened(user, column, value));
        return CellText.Flatten(value);
    }

    /// <summary>Copies the old file, whose header then rules; its last line is ended if it was not.</summary>
    private void TakeOver(string path)
    {
        using var old = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using (var text = new StreamReader(old, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true))
        using (var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null }))
        {
            if (!parser.Read() || !parser.Record!.Contains("surname", StringComparer.Ordinal))
                throw new KohaPatronException(KohaCsvNotices.OtherHeader(path));
            _columns = parser.Record!.SequenceEqual(Standard, StringComparer.Ordinal) ? Standard : [.. parser.Record!];
        }

        old.Position = 0;
        SkipBom(old);
        old.CopyTo(_file.Stream);
        old.Position = old.Length - 1;
        if (old.ReadByte() != '\n')
            _file.Stream.WriteByte((byte)'\n');
    }

    private static void SkipBom(FileStream stream)
    {
        if (stream.ReadByte() != 0xEF || stream.ReadByte() != 0xBB || stream.ReadByte() != 0xBF)
            stream.Position = 0;
    }
}
