using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>The writes that an earlier run did not see the end of.</summary>
internal static class OpenWrites
{
    /// <summary>Asks Koha how they ended; gives the patrons of whom it is still not known, who are left alone in this run.</summary>
    public static async Task<IReadOnlyCollection<int>> SettleAsync(SyncJournal journal, PatronWriter writer, PatronLookup lookup, CancellationToken cancel)
    {
        var unsettled = new HashSet<int>();
        foreach (var line in journal.Open)
        {
            if (line.Kind == LineKind.Delete)
            {
                journal.Close(line, await PatronRemover.LookAsync(lookup, line.PatronId!.Value, cancel));
                continue;
            }

            if (line.PatronId is null)
            {
                var made = await PatronMaker.LookAsync(lookup, line.UserId, line.Fields, cancel);
                journal.Close(line with { PatronId = made.PatronId, Stamp = made.Stamp }, made.End);
                continue;
            }

            var (end, took) = await writer.LookAsync(line.PatronId.Value, line.Fields, cancel);
            journal.Close(end == JournalEvent.Done ? line with { Fields = took } : line, end);
            if (end == JournalEvent.Unknown)
                unsettled.Add(line.PatronId.Value);
        }

        return unsettled;
    }
}
