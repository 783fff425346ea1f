using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>
/// Whether a report can be what it should be: counted while it is read, judged at its end. A spoiled one would turn good
/// cards into universal IDs without an error, so it ends the run, with its cause in place of a word for each row.
/// </summary>
internal sealed class ReportHealth(string name, string path)
{
    /// <summary>From so many rows on, their proportions tell something.</summary>
    private const int Many = 10;

    private int _rows;
    private int _cards;
    private int _empty;
    private int _rewritten;

    /// <summary>Takes a row's cells.</summary>
    public void Count(ReadOnlySpan<char> universalId, ReadOnlySpan<char> proxId, bool hasCard)
    {
        _rows++;
        _cards += hasCard ? 1 : 0;
        _empty += proxId.Trim('0').IsEmpty ? 1 : 0;
        _rewritten += SpreadsheetNumber.Is(proxId) || SpreadsheetNumber.Is(universalId) ? 1 : 0;
    }

    /// <param name="repeated">How many rows are about somebody of an earlier row.</param>
    /// <exception cref="KohaPatronException">The report is spoiled; says how.</exception>
    public void Check(int repeated)
    {
        if (_rows == 0)
            throw new KohaPatronException(ProxNotices.NoRows(name, path));
        if (_rewritten > 0 && 2 * (_rows - _cards) > _rows || 2 * _rewritten > _rows)
            throw new KohaPatronException(ProxNotices.Rewritten(name, path, _rewritten, _rows));
        if (_cards == 0 || (_rows >= Many && 2 * _cards < _rows))
            throw new KohaPatronException(ProxNotices.FewCards(name, path, _cards, _empty, _rows));
        if (_rows >= Many && 2 * repeated > _rows)
            throw new KohaPatronException(ProxNotices.SamePerson(name, path, repeated, _rows));
    }
}
