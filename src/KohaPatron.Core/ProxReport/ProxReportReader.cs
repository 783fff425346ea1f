using System.Text;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>How the report is read.</summary>
/// <param name="CardNumber">How a prox ID becomes a card number.</param>
/// <param name="UseInactiveCards">Whether the cards of inactive accounts count.</param>
/// <param name="MaximumAge">How many days old a report may be before it is a warning.</param>
internal sealed record ProxReportOptions(CardNumberRule CardNumber, bool UseInactiveCards, int MaximumAge)
{
    public static ProxReportOptions From(KohaPatronSettings settings) => new(settings.CardNumber, settings.UseInactiveCards, settings.MaximumAge);
}

/// <summary>
/// Reads the card report of TouchNet/OneCard: both layouts, with and without the lines above the header, the columns by
/// their names in any order. Read only and shared, so that Excel may have the file open.
/// </summary>
internal sealed class ProxReportReader(ProxReportOptions options, Action<Notice> tell, FileProgress? progress = null)
{
    private const int HeaderWithin = 10;
    private const string UniversalIdColumn = "Universal ID";
    private const string ProxIdColumn = "Prox ID";

    private const int HeadLength = 4096;
    private const int LinesToReckon = 4096;

    /// <summary>More people than any campus has: what a report with odd first lines may be taken for.</summary>
    private const int MostExpected = 4_000_000;

    private readonly TimeProvider _clock = TimeProvider.System;

    // Kept until the report is known to be one: of a spoiled report its cause is said, and nothing of its rows.
    private readonly List<Notice> _remarks = [];

    /// <summary>Takes a row that can be used.</summary>
    private delegate void RowTaker(ReportLines lines, Dictionary<string, int> columns, ReadOnlySpan<char> universalId, ReadOnlySpan<char> card, bool isInactive);

    /// <summary>The report's numbers in the order of their lines; of several lines for one person the last counts.</summary>
    /// <exception cref="KohaPatronException">The file cannot be opened or is no prox report.</exception>
    public IReadOnlyList<ProxNumber> Read(string path)
    {
        var numbers = new List<ProxNumber>();
        var rows = Read(path, (lines, columns, universalId, card, isInactive) => numbers.Add(new ProxNumber
        {
            UniversalId = universalId.ToString(),
            CardNumber = card.IsEmpty ? null : card.ToString(),
            ProxId = Cell(lines, columns, ProxIdColumn),
            StudentId = Cell(lines, columns, "Student ID"),
            LastName = Cell(lines, columns, "Last Name"),
            FirstName = Cell(lines, columns, "First Name"),
            EndDate = Cell(lines, columns, "End Date"),
            IsInactive = isInactive,
            Line = lines.Number,
        }));
        foreach (var sharers in rows.SharedCards())
            tell(ProxNotices.SharedCard(Path.GetFileName(path), sharers));
        return [.. numbers.Where(number => rows.Counts(number.UniversalId, number.Line))];
    }

    /// <summary>The report's cards alone, without an object for each line. That some people share one is for the load to say, which knows who they are.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public ProxTable ReadTable(string path)
    {
        var rows = Read(path, (_, _, _, _, _) => { });
        foreach (var sharers in rows.SharedCards())
            tell(ProxNotices.SharedCard(Path.GetFileName(path), sharers) with { Level = NoticeLevel.Verbose });
        return rows.Table;
    }

    private ReportRows Read(string path, RowTaker take)
    {
        try
        {
            using var stream = InputFile.Open(path, bufferSize: 4096);
            TellDate(path);
            return Read(stream, path, take);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(ProxNotices.CannotOpen(path, e));
        }
    }

    private ReportRows Read(Stream stream, string path, RowTaker take)
    {
        var name = Path.GetFileName(path);
        using var lines = Open(stream, name, path);
        var health = new ReportHealth(name, path);
        _remarks.Clear();
        var columns = FindHeader(lines, name, path);
        var width = lines.Count;
        var (universalIdAt, proxIdAt) = (columns[UniversalIdColumn], columns[ProxIdColumn]);
        var inactiveAt = columns.TryGetValue("IsInactive", out var at) ? at : int.MaxValue;
        var rows = new ReportRows(path);
        // A number that was cut is somebody else's: where one ends the file, it must be as long as the longest above it.
        var endsInNumber = universalIdAt == width - 1 || proxIdAt == width - 1;
        var longest = 0;
        Span<char> room = stackalloc char[CardNumberRule.LongestInKoha];
        while (lines.Next())
        {
            if (lines.IsOpen && (lines.Count < width || lines.IsWithinQuotes))
                throw new KohaPatronException(ProxNotices.BrokeOff(name, path, lines.Number));
            if (lines.IsOpen && endsInNumber && lines.Cell(width - 1).Length < longest)
            {
                _remarks.Add(ProxNotices.RowPerhapsCut(name, lines.Number));
                continue;
            }

            longest = Math.Max(longest, lines.Cell(width - 1).Length);
            if (proxIdAt >= lines.Count)
            {
                health.Count([], [], hasCard: false);
                _remarks.Add(ProxNotices.RowTooShort(name, lines.Number, lines.Count));
                continue;
            }

            var card = room;
            var outcome = options.CardNumber.Apply(lines.Cell(proxIdAt), ref card);
            var universalId = UniversalIds.Key(lines.Cell(universalIdAt));
            health.Count(universalId, lines.Cell(proxIdAt), !card.IsEmpty && !universalId.IsEmpty);
            if (!IsUsable(universalId, outcome, lines.Number, name))
                continue;
            var isInactive = IsTrue(lines.Cell(inactiveAt));
            if (isInactive && !card.IsEmpty)
            {
                _remarks.Add(ProxNotices.Inactive(name, lines.Number, options.UseInactiveCards));
                card = options.UseInactiveCards ? card : [];
            }

            rows.Add(universalId, card, lines.Number);
            // From its first lines, so that the table need not grow step by step.
            if (lines.Number == LinesToReckon)
                rows.Table.Expect((int)Math.Min(rows.Table.Count / lines.Share(stream.Length), MostExpected));
            take(lines, columns, universalId, card, isInactive);
        }

        health.Check(rows.Repeated.Count);
        foreach (var remark in _remarks)
            tell(remark);
        foreach (var (earlier, line) in rows.Repeated)
            tell(ProxNotices.Repeated(name, earlier, line));
        return rows;
    }

    /// <summary>The lines of a report, by what its first ones tell. A workbook has none.</summary>
    private ReportLines Open(Stream stream, string name, string path)
    {
        var head = new byte[HeadLength];
        Array.Resize(ref head, stream.Read(head, 0, head.Length));
        stream.Position = 0;
        if (FirstBytes.AreOfWorkbook(head))
            throw new KohaPatronException(ProxNotices.Workbook(name, path));
        var encoding = FirstBytes.Utf16(head) ?? Encoding.UTF8;
        var separator = CsvSeparator.Of(encoding.GetString(head), IsUniversalId) ?? ',';
        return new ReportLines(new WatchedStream(stream, done => progress?.Invoke(name, done, stream.Length)), encoding, separator);
    }

    private static bool IsUniversalId(string cell) => string.Equals(cell, UniversalIdColumn, StringComparison.OrdinalIgnoreCase);

    private void TellDate(string path)
    {
        var written = new DateTimeOffset(File.GetLastWriteTimeUtc(path));
        tell(FileNotices.Reading(path));
        if (_clock.GetUtcNow() - written > TimeSpan.FromDays(options.MaximumAge))
            tell(ProxNotices.IsOld(path, written, options.MaximumAge));
    }

    private static Dictionary<string, int> FindHeader(ReportLines lines, string name, string path)
    {
        string? first = null;
        var firstLine = 1;
        while (lines.Number < HeaderWithin && lines.Next())
        {
            var columns = Columns(lines);
            if (columns.ContainsKey(UniversalIdColumn) && columns.ContainsKey(ProxIdColumn))
                return columns;
            if (columns.ContainsKey(UniversalIdColumn) || columns.ContainsKey(ProxIdColumn))
                throw new KohaPatronException(ProxNotices.ColumnMissing(name, path, lines.Number, columns.ContainsKey(ProxIdColumn) ? UniversalIdColumn : ProxIdColumn, columns.Keys));
            if (first is null)
                (first, firstLine) = (string.Join(",", Enumerable.Range(0, lines.Count).Select(cell => lines.Cell(cell).ToString())), lines.Number);
        }

        throw new KohaPatronException(first is null ? ProxNotices.Empty(name, path) : ProxNotices.NoHeader(name, path, firstLine, first));
    }

    private static Dictionary<string, int> Columns(ReportLines header)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            var column = header.Cell(i).ToString();
            if (column.Length > 0 && !columns.ContainsKey(column))
                columns.Add(column, i);
        }

        return columns;
    }

    private bool IsUsable(ReadOnlySpan<char> universalId, CardNumberOutcome outcome, int line, string name)
    {
        if (universalId.IsEmpty)
        {
            if (outcome != CardNumberOutcome.NoCard)
                _remarks.Add(ProxNotices.NoUniversalId(name, line));
            return false;
        }

        if (outcome is CardNumberOutcome.Card or CardNumberOutcome.NoCard)
            return true;
        _remarks.Add(ProxNotices.BadProxId(name, line, outcome, options.CardNumber));
        return false;
    }

    private static string? Cell(ReportLines lines, Dictionary<string, int> columns, string column) =>
        columns.TryGetValue(column, out var at) && at < lines.Count ? lines.Cell(at).ToString() : null;

    private static bool IsTrue(ReadOnlySpan<char> cell) => cell is "1" || Is(cell, "true") || Is(cell, "yes") || Is(cell, "y") || Is(cell, "t");

    private static bool Is(ReadOnlySpan<char> cell, string word) => cell.Equals(word.AsSpan(), StringComparison.OrdinalIgnoreCase);
}
