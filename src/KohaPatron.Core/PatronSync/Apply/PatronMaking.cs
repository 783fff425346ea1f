using System.Collections.Concurrent;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>Makes the new patrons of a plan, after Koha was asked once more whether it has them.</summary>
internal sealed class PatronMaking(PatronMaker maker, NewPatronCheck check, SyncJournal journal)
{
    private readonly ConcurrentDictionary<PatronLine, KohaAddResult?> _against = new(LineComparer.One);

    /// <summary>Whom earlier runs have made.</summary>
    private readonly HashSet<(string, int?)> _made =
        [.. journal.Ends.Where(line => line is { Kind: LineKind.Create, Event: JournalEvent.Done }).Select(line => (CollationKey.Of(line.UserId), line.PatronId))];

    /// <summary>Asks about the patrons that are to be made next. Where Koha does not tell, each is asked about again, alone.</summary>
    public async Task CheckAsync(IReadOnlyList<PatronLine> lines, CancellationToken cancel)
    {
        try
        {
            var against = await check.AgainstAsync(lines, cancel);
            for (var i = 0; i < lines.Count; i++)
                _against[lines[i]] = against[i];
        }
        catch (KohaPatronException e) when (!PatronWriter.EndsTheRun(e))
        {
            // The patron's own look-up tells what is wrong.
        }
    }

    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task<LineResult> MakeAsync(PatronLine line, CancellationToken cancel)
    {
        try
        {
            return await TryAsync(line, cancel);
        }
        catch (KohaPatronException e) when (!PatronWriter.EndsTheRun(e))
        {
            return new LineResult(LineEnd.Failed, PatronWriter.Sentence(e.Notice));
        }
    }

    private async Task<LineResult> TryAsync(PatronLine line, CancellationToken cancel)
    {
        if (!_against.TryRemove(line, out var against))
            against = (await check.AgainstAsync([line], cancel))[0];
        var result = against ?? await maker.MakeAsync(line, cancel);
        return result.Status switch
        {
            KohaAddStatus.Exists when _made.Contains((CollationKey.Of(line.UserId), result.PatronId)) => new LineResult(LineEnd.Unchanged, "made by an earlier run", result.PatronId),
            KohaAddStatus.Added => new LineResult(LineEnd.Created, null, result.PatronId),
            _ => new LineResult(against is null && result.Status == KohaAddStatus.Failed ? LineEnd.Failed : LineEnd.Conflict, result.Message, result.PatronId),
        };
    }
}
