using KohaPatron.Core.Koha;
using KohaPatron.Core.Preflight.ImportFile;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>A row whose cells are checked.</summary>
/// <param name="Row">The row; null where its line cannot be read.</param>
/// <param name="Attributes">Its patron attributes.</param>
/// <param name="Problems">What was found so far.</param>
internal sealed record CheckedRow(PatronCsvRow? Row, PatronAttributes Attributes, PreflightProblems Problems);

/// <summary>
/// Rows that wait, some hundred at once and in their order, until Koha was asked for the patrons that they could meet.
/// Without a connection none waits.
/// </summary>
/// <param name="options">How the file is going to be imported.</param>
/// <param name="askKoha">Finds the patrons with any of the keys; null: without a connection.</param>
internal sealed class WaitingRows(PreflightOptions options, Func<IReadOnlyList<PatronKeys>, KnownPatrons>? askKoha)
{
    /// <summary>How many rows Koha is asked about at once: a few requests of user ids, and as many of cards.</summary>
    private const int BatchSize = 400;

    private readonly List<CheckedRow> _rows = [];
    private PatronMatcher? _matcher;

    /// <summary>Takes a row, and gives the problems of those that are matched now.</summary>
    public IEnumerable<PatronCsvProblem> Add(CheckedRow row, PatronCsvHeader header)
    {
        _rows.Add(row);
        return askKoha is null || _rows.Count == BatchSize ? Match(header) : [];
    }

    /// <summary>Matches all rows that wait, and gives their problems.</summary>
    public IEnumerable<PatronCsvProblem> Match(PatronCsvHeader header)
    {
        if (_rows.Count == 0)
            yield break;
        var known = askKoha?.Invoke([.. _rows.Where(row => row.Row is not null).Select(row => new PatronKeys(row.Row!["userid"], row.Row["cardnumber"], row.Attributes.All))]);
        _matcher ??= new PatronMatcher(options, header);
        foreach (var row in _rows)
        {
            if (row.Row is not null && !row.Problems.Refused)
                _matcher.Check(row.Row, row.Attributes, known, row.Problems);
            foreach (var problem in row.Problems.All)
                yield return problem;
        }

        _rows.Clear();
    }
}
