using System.Globalization;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>The writes that an earlier run did not see the end of.</summary>
internal static class OpenWrites
{
    // So long a request may take, and so far may clocks be apart.
    private static readonly TimeSpan MakingTime = TimeSpan.FromMinutes(2);

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
                journal.Close(line with { PatronId = made.PatronId, Stamp = IsOfTheMaking(made.Stamp, line.Time) ? made.Stamp : null }, made.End);
                continue;
            }

            var (end, took) = await LookAsync(journal, line, writer, cancel);
            journal.Close(end == JournalEvent.Done ? line with { Fields = took } : line, end);
            if (end == JournalEvent.Unknown)
                unsettled.Add(line.PatronId.Value);
        }

        return unsettled;
    }

    /// <summary>Whether the patron was last written when it was made: whoever wrote later, undo must not delete what is theirs.</summary>
    private static bool IsOfTheMaking(string? stamp, DateTimeOffset announced) =>
        DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var written) && (written - announced).Duration() <= MakingTime;

    /// <summary>How a change ended: by what later writes found in its fields, and by what Koha has now in those that none of them found anything in.</summary>
    private static async Task<(JournalEvent End, IReadOnlyList<FieldChange> Took)> LookAsync(SyncJournal journal, JournalLine line, PatronWriter writer, CancellationToken cancel)
    {
        var found = journal.Lines.Where(later => later.Step > line.Step && later.PatronId == line.PatronId && later.Kind == LineKind.Change)
            .SelectMany(later => later.Fields)
            .ToLookup(change => change.Field, change => change.Seen, StringComparer.Ordinal);
        var took = line.Fields.Where(change => found.Contains(change.Field) && FieldChange.Same(found[change.Field].First(), change.Wanted)).ToList();
        var untold = line.Fields.Where(change => !found.Contains(change.Field)).ToList();
        if (untold.Count > 0)
        {
            var (end, there) = await writer.LookAsync(line.PatronId!.Value, untold, cancel);
            if (end == JournalEvent.Unknown)
                return (end, []);
            took.AddRange(there);
        }

        return (took.Count > 0 ? JournalEvent.Done : JournalEvent.NotDone, took);
    }
}
