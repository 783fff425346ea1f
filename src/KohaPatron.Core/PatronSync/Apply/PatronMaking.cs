using System.Collections.Concurrent;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>Makes the new patrons of a plan, after Koha was asked once more whether it has them.</summary>
internal sealed class PatronMaking(PatronMaker maker, NewPatronCheck check, SyncJournal journal)
{
    private readonly ConcurrentDictionary<PatronLine, KohaAddResult?> _against = new(LineComparer.One);

    /// <summary>Asks about the patrons that are to be made next.</summary>
    public async Task CheckAsync(IReadOnlyList<PatronLine> lines, CancellationToken cancel)
    {
        var against = await check.AgainstAsync(lines, cancel);
        for (var i = 0; i < lines.Count; i++)
            _against[lines[i]] = against[i];
    }

    /// <exception cref="Notices.KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task<(LineEnd End, string? Why)> MakeAsync(PatronLine line, CancellationToken cancel)
    {
        _against.TryRemove(line, out var against);
        if (against is { Status: KohaAddStatus.Exists } && WasMade(line.UserId, against.PatronId))
            return (LineEnd.Unchanged, "made by an earlier run");
        var result = against ?? await maker.MakeAsync(line, cancel);
        return (result.Status == KohaAddStatus.Added ? LineEnd.Created : against is null ? LineEnd.Failed : LineEnd.Conflict, result.Message);
    }

    private bool WasMade(string userId, int? patronId) => journal.Ends.Any(line =>
        line is { Kind: LineKind.Create, Event: JournalEvent.Done } && line.PatronId == patronId && string.Equals(line.UserId, userId, StringComparison.OrdinalIgnoreCase));
}
