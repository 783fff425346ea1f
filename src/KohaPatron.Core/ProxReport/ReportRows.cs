using KohaPatron.Core.Text;

namespace KohaPatron.Core.ProxReport;

/// <summary>The rows of a report while it is read, as numbers: the cards, and what only the whole report shows.</summary>
internal sealed class ReportRows
{
    private readonly NumberMap<int> _lines = new();

    /// <summary>The cards; of several rows of one person the last counts.</summary>
    public ProxTable Table { get; } = new();

    /// <summary>The lines of people who stood in an earlier line already, and that line.</summary>
    public List<(int Earlier, int Line)> Repeated { get; } = [];

    public void Add(ReadOnlySpan<char> universalId, ReadOnlySpan<char> card, int line)
    {
        ref var known = ref _lines.Of(Table.Set(universalId, card), out var isNew);
        if (!isNew)
            Repeated.Add((known, line));
        known = line;
    }

    /// <summary>Whether a line is the last one of its person.</summary>
    public bool Counts(string universalId, int line) => Repeated.Count == 0 || (_lines.TryGet(Table.NumberOf(universalId), out var last) && last == line);

    /// <summary>For each card that several people have: their lines.</summary>
    public IEnumerable<int[]> SharedCards()
    {
        var holders = new NumberMap<int>();
        var shared = new Dictionary<ulong, List<int>>();
        foreach (var (person, card) in Table.Cards)
        {
            _lines.TryGet(person, out var line);
            ref var first = ref holders.Of(card, out var isNew);
            if (isNew)
                first = line;
            else if (shared.TryGetValue(card, out var lines))
                lines.Add(line);
            else
                shared.Add(card, [first, line]);
        }

        return shared.Values.Select(lines => lines.OrderBy(line => line).ToArray()).OrderBy(lines => lines[0]);
    }
}
