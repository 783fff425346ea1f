using System.Text;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// Goes through an import as Koha would, row after row, and tells what Koha would refuse or silently change. Rows are not
/// kept; of those that Koha would take, their keys are.
/// </summary>
internal sealed class PatronCsvPreflight(PreflightOptions terms)
{
    /// <summary>How many rows Koha is asked about at once: a few requests of user ids, and as many of cards.</summary>
    private const int BatchSize = 400;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly string[] StandardColumns = [.. KohaColumns.All.Select(column => column.Name)];

    private readonly List<Checked> _batch = [];
    private PatronCsvHeader? _header;
    private PatronMatcher? _matcher;
    private bool _unreadable;
    private int _line = 1;

    /// <summary>A row whose cells are checked, and which waits for what Koha knows.</summary>
    private sealed record Checked(PatronCsvRow? Row, PatronAttributeList Attributes, PreflightProblems Problems);

    /// <summary>The problems of a file, in its order.</summary>
    public IEnumerable<PatronCsvProblem> File(Stream stream, CancellationToken cancel = default)
    {
        foreach (var bytes in LineSource.Read(stream))
        {
            cancel.ThrowIfCancellationRequested();
            if (_header is null)
            {
                if (OtherEncoding(bytes) is { } other)
                {
                    yield return PreflightProblems.NotUtf8File(other);
                    yield break;
                }

                foreach (var problem in Header(bytes))
                    yield return problem;
            }
            else
            {
                foreach (var problem in Line(bytes))
                    yield return problem;
            }
        }

        if (_header is null)
            yield return PreflightProblems.EmptyFile();
        foreach (var problem in Rest())
            yield return problem;
    }

    /// <summary>The problems of a row of the standard columns, from a pipeline.</summary>
    public IEnumerable<PatronCsvProblem> Row(KohaPatronRow row) => Row(StandardColumns, row.Values());

    /// <summary>The problems of a row from a pipeline; the first row's columns are the header.</summary>
    public IEnumerable<PatronCsvProblem> Row(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        if (_header is null)
        {
            _header = new PatronCsvHeader(columns);
            foreach (var problem in HeaderRules.Check(_header, terms))
                yield return problem;
        }

        foreach (var problem in Add(InHeaderOrder(columns, values), string.Empty))
            yield return problem;
    }

    /// <summary>The problems of the rows that are still waiting for Koha; to be asked for after the last row.</summary>
    public IEnumerable<PatronCsvProblem> Rest()
    {
        if (_batch.Count == 0)
            yield break;
        var known = terms.Ask?.Invoke([.. _batch.Where(row => row.Row is not null).Select(row => new PatronKeys(row.Row!["userid"], row.Row["cardnumber"], row.Attributes.All))]);
        _matcher ??= new PatronMatcher(terms, _header!);
        foreach (var row in _batch)
        {
            if (row.Row is not null && !row.Problems.Refused)
                _matcher.Check(row.Row, row.Attributes, known, row.Problems);
            foreach (var problem in row.Problems.All)
                yield return problem;
        }

        _batch.Clear();
    }

    private IReadOnlyList<string> InHeaderOrder(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        if (ReferenceEquals(columns, StandardColumns) || columns.SequenceEqual(_header!.Columns, StringComparer.Ordinal))
            return values;
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
            byName[columns[i]] = values[i];
        return [.. _header.Columns.Select(column => byName.TryGetValue(column, out var value) ? value : string.Empty)];
    }

    private IEnumerable<PatronCsvProblem> Header(ArraySegment<byte> bytes)
    {
        var text = Decode(bytes, out _);
        var fields = KohaCsvLine.Parse(text, out var fault);
        _unreadable = fields is null;
        _header = fields is null ? PatronCsvHeader.Unreadable : new PatronCsvHeader(fields);
        return fields is null ? [PreflightProblems.BadHeader(fault, text[0] == '\uFEFF')] : HeaderRules.Check(_header, terms);
    }

    private IEnumerable<PatronCsvProblem> Line(ArraySegment<byte> bytes)
    {
        var text = Decode(bytes, out var isUtf8);
        var fields = KohaCsvLine.Parse(text, out var fault);
        return fields is null ? Add(fault) : Add(fields, isUtf8 ? string.Empty : text);
    }

    /// <summary>A line that cannot be read.</summary>
    private IEnumerable<PatronCsvProblem> Add(CsvLineFault fault)
    {
        var problems = new PreflightProblems(++_line, userId: null);
        problems.BadLine(fault);
        return Add(new Checked(null, PatronAttributeList.None, problems));
    }

    /// <param name="fields">The fields of a row.</param>
    /// <param name="latin1">The line, a letter for each byte, where it is not UTF-8; else blank.</param>
    private IEnumerable<PatronCsvProblem> Add(IReadOnlyList<string> fields, string latin1)
    {
        var row = new PatronCsvRow(++_line, fields, _header!, terms);
        var problems = new PreflightProblems(row.Line, CellText.OrNull(row["userid"]));
        var attributes = PatronAttributeList.None;
        if (_unreadable)
            problems.NoHeader();
        else if (fields.All(string.IsNullOrWhiteSpace) && fields.Count == 1 && terms.Defaults.Count == 0)
            problems.BlankLine();
        else
        {
            attributes = PatronAttributeList.Parse(row["patron_attributes"]);
            if (latin1.Length > 0)
                TellEncoding(row, problems);
            TellLineBreaks(row, problems);
            CellRules.Check(row, _header!, terms, problems);
            CellRules.CheckAttributes(attributes, terms, problems);
        }

        return Add(new Checked(row, attributes, problems));
    }

    private IEnumerable<PatronCsvProblem> Add(Checked row)
    {
        _batch.Add(row);
        return terms.Ask is null || _batch.Count == BatchSize ? Rest() : [];
    }

    private void TellEncoding(PatronCsvRow row, PreflightProblems problems)
    {
        for (var i = 0; i < row.Fields.Count; i++)
        {
            if (!IsUtf8(row.Fields[i]))
                problems.NotUtf8(i < _header!.Columns.Count ? _header.Columns[i] : null);
        }
    }

    /// <summary>Only rows from a pipeline can have them; in a file they are lines of their own.</summary>
    private void TellLineBreaks(PatronCsvRow row, PreflightProblems problems)
    {
        for (var i = 0; i < row.Fields.Count; i++)
        {
            if (row.Fields[i].Contains('\n'))
                problems.LineBreak(i < _header!.Columns.Count ? _header.Columns[i] : string.Empty);
        }
    }

    /// <summary>The line as text; where it is not UTF-8, a letter for each byte.</summary>
    private static string Decode(ArraySegment<byte> bytes, out bool isUtf8)
    {
        try
        {
            isUtf8 = true;
            return Strict.GetString(bytes.Array!, bytes.Offset, bytes.Count);
        }
        catch (DecoderFallbackException)
        {
            isUtf8 = false;
            return Latin1.Text(bytes);
        }
    }

    private static bool IsUtf8(string latin1)
    {
        try
        {
            Strict.GetCharCount(Latin1.Bytes(latin1));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>What a file is that begins so, when it cannot be UTF-8 text; else null.</summary>
    private static string? OtherEncoding(ArraySegment<byte> bytes)
    {
        var start = bytes.AsSpan();
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return "UTF-16 text (\"Unicode\" in old programs)";
        if (start.StartsWith((ReadOnlySpan<byte>)[(byte)'P', (byte)'K', 3, 4]))
            return "a workbook";
        return start.IndexOf((byte)0) >= 0 ? "UTF-16 text or no text at all" : null;
    }
}
