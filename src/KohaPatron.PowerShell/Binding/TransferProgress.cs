using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What a transfer shows of itself: bytes, rate and the time left; after two seconds, and five times a second at most.</summary>
internal sealed class TransferProgress(string activity)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = new();
    private readonly object _gate = new();
    private TimeSpan _next = First;
    private long _total;
    private long? _kept;

    /// <summary>Begins a transfer of so many bytes.</summary>
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
            if (passed < _next || _total == 0)
                return null;
            _next = passed + Pause;
            var rate = (done - _kept.Value) / passed.TotalSeconds;
            return new ProgressRecord(1, activity, $"{Megabytes(done)} of {Megabytes(_total)} MB, {Megabytes(rate)} MB a second")
            {
                PercentComplete = (int)Math.Min(100, 100 * done / _total),
                SecondsRemaining = rate > 0 ? (int)((_total - done) / rate) : -1,
            };
        }
    }

    private static string Megabytes(double bytes) => (bytes / 1_000_000).ToString("N1", CultureInfo.InvariantCulture);
}
