using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>What a run shows of itself: how much is done, the rate and, where the whole is known, the time left; after two seconds, and five times a second at most.</summary>
/// <param name="activity">What is done.</param>
/// <param name="unit">What is counted, in the plural.</param>
/// <param name="each">How many of what is reported make one of it.</param>
internal sealed class RunProgress(string activity, string unit, int each = 1)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly object _gate = new();
    private TimeSpan _next = First;
    private long _total;
    private long? _kept;
    private bool _isShown;

    /// <summary>The last record, where one was shown: it takes the bar away.</summary>
    public ProgressRecord? End => _isShown || _next > First ? new ProgressRecord(1, activity, "done") { RecordType = ProgressRecordType.Completed } : null;

    /// <summary>Bytes as people read them.</summary>
    public static RunProgress OfBytes(string activity) => new(activity, "MB", each: 1_000_000);

    /// <summary>Begins anew, with so much to do.</summary>
    public void Begin(long total)
    {
        _total = total;
        _clock.Restart();
    }

    /// <summary>What is to be shown now, or null.</summary>
    public ProgressRecord? IsDue(long done)
    {
        lock (_gate)
        {
            // What an earlier run had brought is there from the first report on, and was not as fast as that.
            _kept ??= done;
            var passed = _clock.Elapsed;
            if (_isShown)
            {
                // Drawing may itself take long, over a slow line: the pause begins after it.
                _isShown = false;
                _next = passed + Pause;
            }

            if (passed < _next)
                return null;
            _isShown = true;
            var rate = (done - _kept.Value) / passed.TotalSeconds;
            var record = new ProgressRecord(1, activity, $"{Number(done)}{(_total > 0 ? $" of {Number(_total)}" : string.Empty)} {unit}, {Number(rate)} {unit} a second");
            if (_total > 0)
            {
                record.PercentComplete = (int)Math.Min(100, 100 * done / _total);
                record.SecondsRemaining = rate > 0 ? (int)Math.Max(0, (_total - done) / rate) : -1;
            }

            return record;
        }
    }

    private string Number(double amount) => (amount / each).ToString(each == 1 ? "N0" : "N1", CultureInfo.InvariantCulture);
}
