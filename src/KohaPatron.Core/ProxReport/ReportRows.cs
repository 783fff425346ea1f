using System.Runtime.CompilerServices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>The rows of a report while it is read, as numbers: the cards, and what only the whole report shows.</summary>
internal sealed class ReportRows(string path)
{
    /// <summary>The cards; of several rows of one person the last counts.</summary>
    public ProxTable Table { get; } = new() { File = path };

    /// <summary>The lines of people who stood in an earlier line already, and that line.</summary>
    public List<(int Earlier, int Line)> Repeated { get; } = [];

    [MethodImpl(Compile.Fully)]
    public void Add(ReadOnlySpan<char> universalId, ReadOnlySpan<char> card, int line)
    {
        var before = Table.Set(universalId, card, line);
        if (before.Line > 0)
            Repeated.Add((before.Line, line));
    }

    /// <summary>Whether a line is the last one of its person.</summary>
    public bool Counts(string universalId, int line) => Repeated.Count == 0 || Table.RowOf(universalId).Line == line;

    /// <summary>For each card that several people have: their lines.</summary>
    public IEnumerable<int[]> SharedCards()
    {
        var shared = Table.SharedNumbers();
        return shared.Count == 0 ? [] : Table.Rows
            .Where(row => shared.Contains(row.Card))
            .GroupBy(row => row.Card, row => row.Line)
            .Select(lines => lines.OrderBy(line => line).ToArray())
            .OrderBy(lines => lines[0]);
    }
}
