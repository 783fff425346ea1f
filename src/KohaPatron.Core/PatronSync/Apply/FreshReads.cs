using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>Reads patrons right before they are written: those of the next few writes with one request, and never used when older than a second.</summary>
internal sealed class FreshReads(PatronLookup lookup)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, (PatronRecord Record, long At)> _ahead = new();

    /// <summary>Reads the patrons of the next writes. What it does not find or cannot read is asked for again, alone.</summary>
    public async Task AheadAsync(IReadOnlyCollection<int> patronIds, CancellationToken cancel)
    {
        if (patronIds.Count < 2)
            return;
        var at = Stopwatch.GetTimestamp();
        try
        {
            foreach (var (_, json) in await lookup.FetchAsync(PatronKey.PatronId, [.. patronIds.Select(id => id.ToString(CultureInfo.InvariantCulture))], cancel))
            {
                var record = new PatronRecord(json);
                _ahead[record.PatronId] = (record, at);
            }
        }
        catch (KohaPatronException e) when (!PatronWriter.EndsTheRun(e))
        {
            // The patron's own read tells what is wrong.
        }
    }

    /// <summary>The patron as it is now; null where there is none.</summary>
    public async Task<PatronRecord?> ReadAsync(int patronId, CancellationToken cancel)
    {
        if (_ahead.TryRemove(patronId, out var read) && Since(read.At) < Fresh)
            return read.Record;
        return await lookup.FetchAsync(patronId, cancel) is { } json ? new PatronRecord(json) : null;
    }

    private static TimeSpan Since(long at) => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - at) / (double)Stopwatch.Frequency);
}
