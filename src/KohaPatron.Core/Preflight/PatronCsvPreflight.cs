using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Csv;
using KohaPatron.Core.Preflight.ImportFile;
using KohaPatron.Core.Preflight.Matching;
using KohaPatron.Core.Preflight.Rules;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight;

/// <summary>
/// Goes through an import as Koha would, row after row, and tells what Koha would refuse or silently change. Rows are not
/// kept; of those that Koha would take, their keys are.
/// </summary>
/// <param name="options">How the file is going to be imported, and what is known of Koha.</param>
/// <param name="askKoha">Finds the patrons in Koha with any of the keys, for some hundred rows at a time, in the order of the file; null: without a connection.</param>
internal sealed class PatronCsvPreflight(PreflightOptions options, Func<IReadOnlyList<PatronKeys>, KnownPatrons>? askKoha = null)
{
    private static readonly string[] StandardColumns = [.. KohaColumns.All.Select(column => column.Name)];

    private readonly WaitingRows _waiting = new(options, askKoha);
    private PatronCsvHeader? _header;
    private bool _unreadable;
    private int _line = 1;

    /// <summary>Checks a file; its problems come in its order.</summary>
    public IEnumerable<PatronCsvProblem> CheckFile(Stream stream, CancellationToken cancel = default)
    {
        foreach (var bytes in LineSource.Read(stream))
        {
            cancel.ThrowIfCancellationRequested();
            if (_header is null && ImportText.FindOtherEncoding(bytes) is { } other)
            {
                yield return PreflightProblems.NotUtf8File(other);
                yield break;
            }

            foreach (var problem in _header is null ? CheckHeader(bytes) : CheckLine(bytes))
                yield return problem;
        }

        if (_header is null)
            yield return PreflightProblems.EmptyFile();
        foreach (var problem in Finish())
            yield return problem;
    }

    /// <summary>Checks a row of the standard columns, from a pipeline.</summary>
    public IEnumerable<PatronCsvProblem> CheckRow(KohaPatronRow row) => CheckRow(StandardColumns, row.Values());

    /// <summary>Checks a row from a pipeline; the first row's columns are the header.</summary>
    public IEnumerable<PatronCsvProblem> CheckRow(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        if (_header is null)
        {
            _header = new PatronCsvHeader(columns);
            foreach (var problem in HeaderRules.Check(_header, options))
                yield return problem;
        }

        foreach (var problem in CheckFields(InHeaderOrder(columns, values), latin1: string.Empty))
            yield return problem;
    }

    /// <summary>Gives the problems of the rows that are still waiting for Koha; to be asked for after the last row of a pipeline.</summary>
    public IEnumerable<PatronCsvProblem> Finish() => _header is null ? [] : _waiting.Match(_header);

    private IReadOnlyList<string> InHeaderOrder(IReadOnlyList<string> columns, IReadOnlyList<string> values)
    {
        if (ReferenceEquals(columns, StandardColumns) || columns.SequenceEqual(_header!.Columns, StringComparer.Ordinal))
            return values;
        var byName = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < columns.Count; i++)
            byName[columns[i]] = values[i];
        return [.. _header.Columns.Select(column => byName.TryGetValue(column, out var value) ? value : string.Empty)];
    }

    private IEnumerable<PatronCsvProblem> CheckHeader(ArraySegment<byte> bytes)
    {
        var text = ImportText.Decode(bytes, out _);
        var fields = KohaCsvLine.Parse(text, out var fault);
        _unreadable = fields is null;
        _header = fields is null ? PatronCsvHeader.Unreadable : new PatronCsvHeader(fields);
        return fields is null ? [PreflightProblems.BadHeader(fault, text[0] == '\uFEFF')] : HeaderRules.Check(_header, options);
    }

    private IEnumerable<PatronCsvProblem> CheckLine(ArraySegment<byte> bytes)
    {
        var text = ImportText.Decode(bytes, out var isUtf8);
        if (KohaCsvLine.Parse(text, out var fault) is { } fields)
            return CheckFields(fields, isUtf8 ? string.Empty : text);
        var problems = new PreflightProblems(++_line, userId: null);
        problems.BadLine(fault);
        return _waiting.Add(new CheckedRow(null, PatronAttributes.None, problems), _header!);
    }

    /// <param name="fields">The fields of a row.</param>
    /// <param name="latin1">The line, a letter for each byte, where it is not UTF-8; else blank.</param>
    private IEnumerable<PatronCsvProblem> CheckFields(IReadOnlyList<string> fields, string latin1)
    {
        var row = new PatronCsvRow(++_line, fields, _header!, options);
        var problems = new PreflightProblems(row.Line, CellText.OrNull(row["userid"]));
        var attributes = PatronAttributes.None;
        if (_unreadable)
            problems.NoHeader();
        else if (fields.All(string.IsNullOrWhiteSpace) && fields.Count == 1 && options.Defaults.Count == 0)
            problems.BlankLine();
        else
        {
            attributes = PatronAttributes.Parse(row["patron_attributes"]);
            if (latin1.Length > 0)
                TellEncoding(row, problems);
            else
                TellHidden(row, problems);
            TellLineBreaks(row, problems);
            CellRules.Check(row, _header!, options, problems);
            CellRules.CheckAttributes(attributes, options, problems);
        }

        return _waiting.Add(new CheckedRow(row, attributes, problems), _header!);
    }

    private void TellEncoding(PatronCsvRow row, PreflightProblems problems)
    {
        for (var i = 0; i < row.Fields.Count; i++)
        {
            if (!ImportText.IsUtf8(row.Fields[i]))
                problems.NotUtf8(i < _header!.Columns.Count ? _header.Columns[i] : null);
        }
    }

    private void TellHidden(PatronCsvRow row, PreflightProblems problems)
    {
        for (var i = 0; i < row.Fields.Count; i++)
        {
            var place = HiddenLetter.PlaceIn(row.Fields[i]);
            if (place >= 0 && row.Fields[i][place] != '\n')
                problems.HiddenCharacter(i < _header!.Columns.Count ? _header.Columns[i] : null, row.Fields[i], place);
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
}
