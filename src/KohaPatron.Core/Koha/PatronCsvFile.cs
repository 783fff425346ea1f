using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Registration;

namespace KohaPatron.Core.Koha;

/// <summary>The import file while it is written: its columns are those of the first row, or of the file it is added to.</summary>
internal sealed class PatronCsvFile : IDisposable
{
    private static readonly string[] Standard = [.. KohaColumns.All.Select(column => column.Name)];

    private readonly AtomicFile _file;
    private readonly KohaCsvWriter _csv;
    private readonly Action<Notice> _tell;
    private readonly bool _wasReadOnly;
    private IReadOnlyList<string>? _columns;
    private string _user = string.Empty;

    private PatronCsvFile(AtomicFile file, bool wasReadOnly, Action<Notice> tell)
    {
        _file = file;
        _wasReadOnly = wasReadOnly;
        _tell = tell;
        _csv = new KohaCsvWriter(file.Stream, column => tell(KohaCsvNotices.Flattened(_user, column)));
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
            if (append && old is { Exists: true, Length: > 0 })
                file.TakeOver(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(KohaCsvNotices.CannotWrite(path, e));
        }
    }

    /// <summary>Writes a row with the standard columns.</summary>
    public void Write(KohaPatronRow row) => Guard(() =>
    {
        Settle(Standard);
        _user = row.userid;
        _csv.Write(row);
    });

    /// <summary>Writes a row with columns of its own; columns that the file does not have are an error of this row.</summary>
    public void Write(IReadOnlyList<KeyValuePair<string, string>> values) => Guard(() =>
    {
        Settle([.. values.Select(value => value.Key)]);
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in values)
            byName[value.Key] = value.Value;
        byName.TryGetValue("userid", out var user);
        _user = user ?? "A row without userid";
        var strange = byName.Keys.Where(name => !_columns!.Contains(name, StringComparer.OrdinalIgnoreCase)).ToList();
        if (strange.Count > 0)
            _tell(KohaCsvNotices.OtherColumns(_user, strange));
        else
            _csv.Write(_columns!, [.. _columns!.Select(column => byName.TryGetValue(column, out var text) ? text : string.Empty)]);
    });

    /// <summary>Puts the file in place; without any row it holds the header alone.</summary>
    public void Commit() => Guard(() =>
    {
        Settle(Standard);
        _csv.Dispose();
        if (_wasReadOnly)
            new FileInfo(_file.Path).IsReadOnly = false;
        _file.Commit();
    });

    public void Dispose()
    {
        try
        {
            _csv.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The disk is full or gone: the error was told when it happened, and the file is thrown away.
        }

        _file.Dispose();
    }

    private void Settle(IReadOnlyList<string> columns)
    {
        if (_columns is not null)
            return;
        _columns = columns;
        _csv.WriteHeader(columns);
    }

    /// <summary>Copies the old file, whose header then rules; its last line is ended if it was not.</summary>
    private void TakeOver(string path)
    {
        using var old = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        using (var text = new StreamReader(old, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true))
        using (var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null }))
        {
            if (!parser.Read() || parser.Record!.Any(column => column.Contains(' ')) || !parser.Record!.Contains("surname", StringComparer.Ordinal))
                throw new KohaPatronException(KohaCsvNotices.OtherHeader(path, "no header of Koha's import"));
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

    private void Guard(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(KohaCsvNotices.CannotWrite(_file.Path, e));
        }
    }
}
