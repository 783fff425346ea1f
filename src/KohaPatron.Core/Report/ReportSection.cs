namespace KohaPatron.Core.Report;

/// <summary>The rows of one table, as they come.</summary>
internal sealed class ReportSection(ReportSectionKind kind)
{
    private static readonly string[] UsualCounts = ["Status", "Outcome", "Result", "Reason", "Kind", "Rule", "Change", "Type"];

    private readonly List<string> _columns = [.. kind.Columns ?? []];
    private readonly List<IReadOnlyDictionary<string, string>> _rows = [];
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);

    public ReportSectionKind Kind => kind;

    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows => _rows;

    /// <summary>The columns in which any row has something.</summary>
    public IReadOnlyList<string> Columns => [.. _columns.Where(_filled.Contains)];

    public void Add(IEnumerable<KeyValuePair<string, string>> values)
    {
        var row = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in values.Where(IsShown))
        {
            if (!_columns.Contains(value.Key))
                _columns.Add(value.Key);
            row[value.Key] = value.Value;
            if (value.Value.Length > 0)
                _filled.Add(value.Key);
        }

        _rows.Add(row);
    }

    /// <summary>How many rows have each value of the column that is counted, the most first.</summary>
    public (string Column, IReadOnlyList<(string Value, int Count)> Counts)? Counts()
    {
        if ((kind.CountBy ?? UsualCounts.FirstOrDefault(_columns.Contains)) is not { } column)
            return null;
        return (column, [.. _rows.GroupBy(row => row.TryGetValue(column, out var value) ? value : string.Empty)
            .Select(group => (group.Key, group.Count()))
            .OrderByDescending(count => count.Item2)
            .ThenBy(count => count.Key, StringComparer.Ordinal)]);
    }

    private bool IsShown(KeyValuePair<string, string> value) => kind.Columns is { } columns ? columns.Contains(value.Key) : !PersonalData.IsIn(value.Key);
}
