using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>How the report is read.</summary>
/// <param name="CardNumber">How a prox ID becomes a card number.</param>
/// <param name="UseInactiveCards">Whether the cards of inactive accounts count.</param>
internal sealed record ProxReportOptions(CardNumberRule CardNumber, bool UseInactiveCards)
{
    public static ProxReportOptions From(KohaPatronSettings settings) => new(settings.CardNumber, settings.UseInactiveCards);
}

/// <summary>
/// Reads the card report of TouchNet/OneCard: both layouts, with and without the lines above the header, the columns by
/// their names in any order. Read only and shared, so that Excel may have the file open.
/// </summary>
internal sealed class ProxReportReader(ProxReportOptions options, Action<Notice> tell)
{
    private const int HeaderWithin = 10;
    private const string UniversalIdColumn = "Universal ID";
    private const string ProxIdColumn = "Prox ID";

    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        BadDataFound = null,
        IgnoreBlankLines = true,
        ExceptionMessagesContainRawData = false,
    };

    /// <summary>The report's numbers in the order of their lines; of several lines for one person the last counts.</summary>
    /// <exception cref="KohaPatronException">The file cannot be opened or is no prox report.</exception>
    public IReadOnlyList<ProxNumber> Read(string path)
    {
        try
        {
            using var stream = InputFile.Open(path, bufferSize: 4096);
            return Read(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(ProxNotices.CannotOpen(path, e));
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public IReadOnlyList<ProxNumber> Read(Stream stream, string path)
    {
        var name = Path.GetFileName(path);
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        using var csv = new CsvParser(text, Csv);
        var columns = FindHeader(csv, name, path);
        var numbers = new List<ProxNumber>();
        for (var before = csv.RawRow; csv.Read(); before = csv.RawRow)
        {
            if (csv.RawRow > before + 1 && csv.Record!.Any(cell => cell.Contains('\n')))
                numbers.AddRange(LineByLine(csv.RawRecord, before, columns, name));
            else if (ReadRow(csv.Record!, csv.RawRow, columns, name) is { } number)
                numbers.Add(number);
        }

        numbers = LastOfEach(numbers, name);
        TellSharedCards(numbers, name);
        return numbers;
    }

    private static Dictionary<string, int> FindHeader(CsvParser csv, string name, string path)
    {
        string? first = null;
        var firstLine = 1;
        while (csv.RawRow < HeaderWithin && csv.Read())
        {
            var columns = Columns(csv.Record!);
            if (columns.ContainsKey(UniversalIdColumn) && columns.ContainsKey(ProxIdColumn))
                return columns;
            if (columns.ContainsKey(UniversalIdColumn) || columns.ContainsKey(ProxIdColumn))
                throw new KohaPatronException(ProxNotices.ColumnMissing(name, path, csv.RawRow, columns.ContainsKey(ProxIdColumn) ? UniversalIdColumn : ProxIdColumn, columns.Keys));
            if (first is null)
                (first, firstLine) = (string.Join(",", csv.Record!), csv.RawRow);
        }

        throw new KohaPatronException(first is null ? ProxNotices.Empty(name, path) : ProxNotices.NoHeader(name, path, firstLine, first));
    }

    private static Dictionary<string, int> Columns(string[] header)
    {
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Length; i++)
        {
            var column = header[i].Trim();
            if (column.Length > 0 && !columns.ContainsKey(column))
                columns.Add(column, i);
        }

        return columns;
    }

    /// <summary>A quotation mark that is not closed has drawn the lines after it into one cell: the report has a row a line, so each is read alone.</summary>
    private IEnumerable<ProxNumber> LineByLine(string record, int linesBefore, Dictionary<string, int> columns, string name)
    {
        using var lines = new StringReader(record);
        for (var line = linesBefore + 1; lines.ReadLine() is { } text; line++)
        {
            using var csv = new CsvParser(new StringReader(text), Csv);
            if (csv.Read() && ReadRow(csv.Record!, line, columns, name) is { } number)
                yield return number;
        }
    }

    private ProxNumber? ReadRow(string[] cells, int line, Dictionary<string, int> columns, string name)
    {
        string? Cell(string column) => columns.TryGetValue(column, out var at) && at < cells.Length ? cells[at].Trim() : null;

        var proxId = Cell(ProxIdColumn);
        if (proxId is null)
        {
            tell(ProxNotices.RowTooShort(name, line, cells.Length));
            return null;
        }

        var universalId = UniversalIds.Key(Cell(UniversalIdColumn));
        var outcome = options.CardNumber.Apply(proxId, out var card);
        if (universalId.Length == 0)
        {
            if (outcome != CardNumberOutcome.NoCard)
                tell(ProxNotices.NoUniversalId(name, line));
            return null;
        }

        if (outcome is not (CardNumberOutcome.Card or CardNumberOutcome.NoCard))
        {
            tell(ProxNotices.BadProxId(name, line, outcome, options.CardNumber));
            return null;
        }

        var inactive = IsTrue(Cell("IsInactive"));
        if (inactive && card is not null)
        {
            tell(ProxNotices.Inactive(name, line, options.UseInactiveCards));
            card = options.UseInactiveCards ? card : null;
        }

        return new ProxNumber
        {
            UniversalId = universalId,
            CardNumber = card,
            ProxId = proxId,
            StudentId = Cell("Student ID"),
            LastName = Cell("Last Name"),
            FirstName = Cell("First Name"),
            EndDate = Cell("End Date"),
            IsInactive = inactive,
            Line = line,
        };
    }

    private List<ProxNumber> LastOfEach(List<ProxNumber> numbers, string name)
    {
        var last = new Dictionary<string, ProxNumber>(numbers.Count, StringComparer.Ordinal);
        foreach (var number in numbers)
        {
            if (last.TryGetValue(number.UniversalId, out var earlier))
                tell(ProxNotices.Repeated(name, earlier.Line, number.Line));
            last[number.UniversalId] = number;
        }

        return last.Count == numbers.Count ? numbers : [.. numbers.Where(number => ReferenceEquals(last[number.UniversalId], number))];
    }

    private void TellSharedCards(List<ProxNumber> numbers, string name)
    {
        var shared = numbers.Where(number => number.CardNumber is not null)
            .GroupBy(number => number.CardNumber, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any());
        foreach (var group in shared)
            tell(ProxNotices.SharedCard(name, [.. group.Select(number => number.Line)]));
    }

    private static bool IsTrue(string? cell) =>
        cell is not null && (cell is "1" || Is(cell, "true") || Is(cell, "yes") || Is(cell, "y") || Is(cell, "t"));

    private static bool Is(string cell, string word) => string.Equals(cell, word, StringComparison.OrdinalIgnoreCase);
}
