using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>Counts what a run did, or would do, and which fields it touched.</summary>
internal sealed class RecordTotals(AttributeTypes types)
{
    private readonly Dictionary<string, int> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<PatronUpdateStatus, int> _ends = [];

    /// <summary>How many lines were counted.</summary>
    public int All => _ends.Values.Sum();

    /// <summary>Counts a line of which it is known how it ended; of one that is only shown, how it is meant to end.</summary>
    public void Add(PatronLine line, PatronUpdateStatus status)
    {
        Add(status);
        if (status != PatronUpdateStatus.Updated)
            return;
        foreach (var field in line.Fields.Select(change => RecordFields.ColumnOf(change.Field)).Where(column => column != "sort2").Select(column => RecordFields.InTotals(column, types)).Distinct(StringComparer.Ordinal))
            _fields[field] = (_fields.TryGetValue(field, out var count) ? count : 0) + 1;
    }

    public void Add(PatronUpdateStatus status) => _ends[status] = Of(status) + 1;

    /// <summary>How a line ends that is carried out.</summary>
    public static PatronUpdateStatus Meant(PatronLine line) => line.Kind switch
    {
        LineKind.Create => PatronUpdateStatus.Created,
        LineKind.Delete => PatronUpdateStatus.Deleted,
        _ => PatronUpdateStatus.Updated,
    };

    public static PatronUpdateStatus StatusOf(PatronLine line, LineEnd end) => end switch
    {
        LineEnd.Planned => Meant(line),
        LineEnd.Created => PatronUpdateStatus.Created,
        LineEnd.Updated => PatronUpdateStatus.Updated,
        LineEnd.Deleted => PatronUpdateStatus.Deleted,
        LineEnd.Unchanged => PatronUpdateStatus.Unchanged,
        LineEnd.Missing => PatronUpdateStatus.Missing,
        LineEnd.Conflict => PatronUpdateStatus.Conflict,
        LineEnd.Skipped => PatronUpdateStatus.Skipped,
        _ => PatronUpdateStatus.Failed,
    };

    /// <summary>What a plan does, as one sentence.</summary>
    public string OfPlan()
    {
        var parts = new List<string> { $"{Counted.Of(Of(PatronUpdateStatus.Created), "patron")} made", $"{Counted.Number(Of(PatronUpdateStatus.Updated))} changed{Fields()}" };
        Append(parts, Of(PatronUpdateStatus.Unchanged), "unchanged");
        Append(parts, Left(), "left alone");
        Append(parts, Of(PatronUpdateStatus.Failed), "failed");
        Append(parts, Of(PatronUpdateStatus.Skipped), "not confirmed");
        return string.Join(", ", parts) + ".";
    }

    /// <summary>What an undo does, as one sentence.</summary>
    public string OfUndo()
    {
        var text = $"{Counted.Of(Of(PatronUpdateStatus.Updated), "patron")} put back{Fields()}, {Counted.Number(Of(PatronUpdateStatus.Deleted))} made by the run deleted";
        var since = Left();
        if (since > 0)
            text += $"; {Counted.Number(since)} changed since and {(since == 1 ? "stays" : "stay")}";
        return text + (Of(PatronUpdateStatus.Failed) > 0 ? $"; {Counted.Number(Of(PatronUpdateStatus.Failed))} failed." : ".");
    }

    private int Left() => _ends.Where(each => each.Key is PatronUpdateStatus.Missing or PatronUpdateStatus.Renamed or PatronUpdateStatus.Ambiguous or PatronUpdateStatus.Excepted or PatronUpdateStatus.Leaver or PatronUpdateStatus.Conflict).Sum(each => each.Value);

    private string Fields() => _fields.Count == 0 ? string.Empty
        : $" ({string.Join(", ", _fields.OrderByDescending(field => field.Value).ThenBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{Counted.Number(field.Value)} {field.Key}"))})";

    private int Of(PatronUpdateStatus status) => _ends.TryGetValue(status, out var count) ? count : 0;

    private static void Append(List<string> parts, int count, string what)
    {
        if (count > 0)
            parts.Add($"{Counted.Number(count)} {what}");
    }
}
