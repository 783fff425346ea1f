using KohaPatron.Core.Text;

namespace KohaPatron.Core.Report;

/// <summary>What the page says first: how many rows can go to Koha, and what becomes of the others.</summary>
internal sealed class ReportVerdict
{
    private const string HeaderLine = "1";

    private readonly HashSet<string> _refusedLines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _plan = new(StringComparer.Ordinal);
    private int _rows;
    private int _withoutCard;
    private int _leftOut;

    public void Add(string typeName, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        switch (typeName)
        {
            case "KohaPatronRow":
                _rows++;
                if (HasUniversalIdForCard(ValueOf(values, "cardnumber"), ValueOf(values, "patron_attributes")))
                    _withoutCard++;
                break;
            case "PatronChange":
                var status = ValueOf(values, "Status");
                _plan[status] = (_plan.TryGetValue(status, out var count) ? count : 0) + 1;
                break;
            case "SkippedPatron":
                _leftOut++;
                break;
            case "PatronCsvProblem" when ValueOf(values, "Severity") == "Error":
                _refusedLines.UnionWith((ValueOf(values, "Lines") is { Length: > 0 } lines ? lines : ValueOf(values, "Line")).Split([',', ' '], StringSplitOptions.RemoveEmptyEntries));
                break;
            default:
                break;
        }
    }

    /// <summary>The sentence; null where the run made no rows, refused none and planned nothing.</summary>
    public string? InWords()
    {
        if (_plan.Count > 0)
            return OfPlan();
        if (_rows == 0 && _refusedLines.Count == 0)
            return null;
        // Whatever Koha objects to in the header, it refuses every row for it.
        var refused = _refusedLines.Contains(HeaderLine) ? _rows : _refusedLines.Count;
        var parts = new List<string>();
        if (_rows > 0)
            parts.Add($"{Counted.Number(Math.Max(0, _rows - refused))} ready");
        if (refused > 0)
            parts.Add($"{Counted.Number(refused)} will be refused");
        else if (_rows == 0)
            parts.Add("every row will be refused");
        if (_withoutCard > 0)
            parts.Add($"{Counted.Number(_withoutCard)} without a card");
        if (_leftOut > 0)
            parts.Add($"{Counted.Number(_leftOut)} left out");
        return string.Join(", ", parts) + ".";
    }

    /// <summary>A plan of whole records: what it makes and changes, and how many it leaves alone.</summary>
    private string OfPlan()
    {
        var parts = new[] { ("New", "to be made"), ("Change", "to be changed"), ("Unchanged", "unchanged"), ("Leaver", "in no export") }
            .Where(part => _plan.ContainsKey(part.Item1))
            .Select(part => $"{Counted.Number(_plan[part.Item1])} {part.Item2}")
            .ToList();
        var alone = _plan.Where(each => each.Key is "Renamed" or "Ambiguous" or "Conflict" or "Excepted").Sum(each => each.Value);
        if (alone > 0)
            parts.Add($"{Counted.Number(alone)} left alone");
        return string.Join(", ", parts) + ".";
    }

    /// <summary>Without a number in the prox report the card number is the universal ID, which the attributes have too.</summary>
    private static bool HasUniversalIdForCard(string card, string attributes) => card.Length > 0 && attributes.Split(',').Any(attribute =>
        attribute.Trim('"').EndsWith(":" + card, StringComparison.Ordinal));

    private static string ValueOf(IReadOnlyList<KeyValuePair<string, string>> values, string name)
    {
        foreach (var value in values)
        {
            if (value.Key == name)
                return value.Value;
        }

        return string.Empty;
    }
}
