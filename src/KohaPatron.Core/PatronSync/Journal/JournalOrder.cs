namespace KohaPatron.Core.PatronSync.Journal;

/// <summary>
/// How the lines of a journal follow each other: each write is announced once, with the number behind the one before, and
/// what is told of its end is about that write. Lines that somebody took out, moved, doubled or changed on one side do not.
/// </summary>
internal sealed class JournalOrder
{
    private readonly Dictionary<long, JournalLine> _announced = [];
    private long _last;

    /// <summary>Whether a line may stand behind those before.</summary>
    public bool Takes(JournalLine line)
    {
        if (line.Event != JournalEvent.Intent)
            return _announced.TryGetValue(line.Step, out var intent) && IsEndOf(line, intent);
        if (line.Step != _last + 1)
            return false;
        _announced.Add(_last = line.Step, line);
        return true;
    }

    /// <summary>The end of a write may tell of fewer fields, and of the number of a patron that was made.</summary>
    private static bool IsEndOf(JournalLine end, JournalLine intent) =>
        end.Kind == intent.Kind
        && end.UserId == intent.UserId
        && (intent.PatronId is null || end.PatronId == intent.PatronId)
        && end.Fields.All(intent.Fields.Contains);
}
