using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>The totals of a load.</summary>
public sealed class PatronLoadSummary
{
    // Plain numbers while people pass: a dictionary of numbers is compiled anew in each process.
    private readonly long[] _leftOut = new long[(int)SkipReason.NoCategory + 1];
    private readonly Dictionary<string, Counter> _warnings = new(StringComparer.Ordinal);

    /// <summary>How many people came in.</summary>
    public long People { get; internal set; }

    /// <summary>How many rows went out.</summary>
    public long Rows { get; internal set; }

    /// <summary>How many people got no row.</summary>
    public long LeftOut => _leftOut.Sum();

    /// <summary>How many people got no row, by reason.</summary>
    public SortedDictionary<SkipReason, long> LeftOutByReason
    {
        get
        {
            var byReason = new SortedDictionary<SkipReason, long>();
            for (var reason = 0; reason < _leftOut.Length; reason++)
            {
                if (_leftOut[reason] > 0)
                    byReason.Add((SkipReason)reason, _leftOut[reason]);
            }

            return byReason;
        }
    }

    /// <summary>How many card numbers came from the prox report.</summary>
    public long CardsFromReport { get; internal set; }

    /// <summary>How many card numbers are universal IDs, for want of one in the report.</summary>
    public long CardsFromUniversalId { get; internal set; }

    /// <summary>How many warnings there were.</summary>
    public long Warnings => _warnings.Values.Sum(warning => warning.Count);

    /// <summary>How many warnings there were, by their code.</summary>
    public SortedDictionary<string, long> WarningsByCode
    {
        get
        {
            var byCode = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var warning in _warnings)
                byCode.Add(warning.Key, warning.Value.Count);
            return byCode;
        }
    }

    /// <summary>The exports that the people came from.</summary>
    public IReadOnlyList<WorkdayExportSummary> Exports { get; internal set; } = [];

    /// <summary>Counts a notice that is told, where it is a warning.</summary>
    internal void Count(Notice notice)
    {
        if (notice.Level != NoticeLevel.Warning)
            return;
        if (!_warnings.TryGetValue(notice.Code, out var warning))
            _warnings.Add(notice.Code, warning = new Counter());
        warning.Count++;
    }

    /// <summary>Counts a person who gets no row.</summary>
    internal void Count(SkipReason reason) => _leftOut[(int)reason]++;

    /// <summary>The totals on one line.</summary>
    public override string ToString()
    {
        var hint = LeftOut > 0 ? " (-IncludeSkipped shows whom and why)" : string.Empty;
        return $"{Counted.Of(Rows, "row")}, {Counted.Number(LeftOut)} left out{hint}, {Counted.Of(Warnings, "warning")}.";
    }

    private sealed class Counter
    {
        public long Count { get; set; }
    }
}

/// <summary>An export that people of a load came from.</summary>
/// <param name="Name">The path or address.</param>
/// <param name="People">How many people were read from it.</param>
/// <param name="IsComplete">Whether it was read to its proper end.</param>
/// <param name="Written">When the file was written last; null for an export in Cloud Storage.</param>
public sealed record WorkdayExportSummary(string Name, long People, bool IsComplete, DateTimeOffset? Written = null);
