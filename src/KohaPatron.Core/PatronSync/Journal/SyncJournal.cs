using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Journal;

/// <summary>
/// The record of every write, on disk before it is sent and again after: a killed run can go on, and a wrong one can be
/// undone. One run at a time holds it, under whatever name: the lock is on the file itself and ends with its process.
/// </summary>
internal sealed class SyncJournal : IDisposable
{
    // On Windows others may read meanwhile; elsewhere only "None" is a lock that keeps other writers out.
    private static readonly FileShare Share = Path.DirectorySeparatorChar == '\\' ? FileShare.Read : FileShare.None;

    private readonly object _gate = new();
    private readonly string _path;
    private readonly string _apiRoot;
    private readonly FileStream? _file;
    private readonly List<JournalLine> _lines;
    private readonly HashSet<int> _made;
    private readonly long _known;
    private long _step;

    private SyncJournal(string path, string apiRoot, FileStream? file, List<JournalLine> lines)
    {
        (_path, _apiRoot, _file, _lines) = (path, apiRoot, file, lines);
        _made = [.. lines.Where(IsMaking).Select(line => line.PatronId!.Value)];
        _step = _known = lines.Count == 0 ? 0 : lines.Max(line => line.Step);
    }

    /// <summary>The lines that were there when the journal was opened, and how those ended since that were open: what a run itself writes is on disk, and need not be kept.</summary>
    public IReadOnlyList<JournalLine> Lines
    {
        get
        {
            lock (_gate)
                return [.. _lines];
        }
    }

    /// <summary>How each write ended, in the order of the writes.</summary>
    public IReadOnlyList<JournalLine> Ends => [.. Lines.GroupBy(line => line.Step).Select(step => step.Last()).OrderBy(line => line.Step)];

    /// <summary>The writes of which nobody knows how they ended, by their intents.</summary>
    public IReadOnlyList<JournalLine> Open => [.. Ends.Where(line => line.Event is JournalEvent.Intent or JournalEvent.Unknown)];

    /// <summary>Whether a run in this journal made a patron.</summary>
    public bool HasMade(int patronId)
    {
        lock (_gate)
            return _made.Contains(patronId);
    }

    /// <summary>The last step that gave a patron a temporary number; null: there is none.</summary>
    public JournalLine? ParkingOf(int patronId) => Ends.LastOrDefault(line => line.PatronId == patronId && TemporaryCard.Is(line.Card?.Wanted));

    /// <summary>Opens a journal to go on with it; one that is not there is begun.</summary>
    /// <exception cref="KohaPatronException">Another run holds it, it cannot be read, or it is no journal of this Koha: never taken for an empty one, and left as it is.</exception>
    public static SyncJournal Hold(string path, string apiRoot) => Guarded(path, () =>
    {
        var real = FileLink.Target(path);
        Directory.CreateDirectory(Path.GetDirectoryName(real)!);
        var file = OwnerFile.Open(real, FileMode.OpenOrCreate, Share);
        try
        {
            var text = JournalText.Parse(ReadAll(file), path, apiRoot);
            OwnerFile.Restrict(file);
            file.SetLength(text.WholeLength);
            file.Seek(0, SeekOrigin.End);
            return new SyncJournal(path, apiRoot, file, text.Lines);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    });

    /// <summary>Reads a journal without touching it; what is noted in it afterwards is not kept.</summary>
    /// <inheritdoc cref="Hold" path="/exception"/>
    public static SyncJournal Peek(string path, string apiRoot, bool mustExist) => Guarded(path, () =>
    {
        if (!mustExist && !File.Exists(path))
            return new SyncJournal(path, apiRoot, null, []);
        using var file = new FileStream(FileLink.Target(path), FileMode.Open, FileAccess.Read, FileShare.Read);
        return new SyncJournal(path, apiRoot, null, JournalText.Parse(ReadAll(file), path, apiRoot).Lines);
    });

    /// <summary>Writes that something is about to be sent, through to the disk; gives the line with its number.</summary>
    /// <exception cref="KohaPatronException">The disk does not take it: then nothing may be sent.</exception>
    public JournalLine Intend(JournalLine line)
    {
        lock (_gate)
        {
            // What the disk does not take has no number: there is no gap in the journal.
            var numbered = line with { Step = _step + 1, Event = JournalEvent.Intent };
            // The first step of a circle names the circle.
            if (numbered.Circle == 0)
                numbered = numbered with { Circle = numbered.Step };
            Append(numbered);
            _step = numbered.Step;
            return numbered;
        }
    }

    /// <summary>Writes how a step ended, through to the disk.</summary>
    /// <exception cref="KohaPatronException">The disk does not take it: the next run asks Koha.</exception>
    public JournalLine Close(JournalLine line, JournalEvent end)
    {
        var closed = line with { Event = end };
        lock (_gate)
            Append(closed);
        return closed;
    }

    public void Dispose() => _file?.Dispose();

    private void Append(JournalLine line)
    {
        // A run that writes nothing leaves nothing in the file.
        if (_file is { Length: 0 })
            Write(new JournalHeader(JournalHeader.Name, JournalHeader.CurrentVersion, _apiRoot), JournalJson.Default.JournalHeader);
        var timed = line with { Time = TimeProvider.System.GetUtcNow() };
        Write(timed, JournalJson.Default.JournalLine);
        if (line.Step <= _known)
            _lines.Add(timed);
        if (IsMaking(timed))
            _made.Add(timed.PatronId!.Value);
    }

    /// <summary>The line and its end in one write; what the disk took of a line that it did not take whole is cut off again.</summary>
    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        if (_file is null)
            return;
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, type), (byte)'\n'];
        var end = _file.Position;
        try
        {
            _file.Write(bytes, 0, bytes.Length);
            _file.Flush(flushToDisk: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            CutAt(end);
            throw new KohaPatronException(CardSyncNotices.JournalNotWritten(_path, e));
        }
    }

    private void CutAt(long end)
    {
        try
        {
            _file!.SetLength(end);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // A torn last line is cut by the next run.
        }
    }

    private static bool IsMaking(JournalLine line) => line is { Kind: LineKind.Create, Event: JournalEvent.Done, PatronId: not null };

    private static byte[] ReadAll(FileStream file)
    {
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static SyncJournal Guarded(string path, Func<SyncJournal> open)
    {
        try
        {
            InputFile.Refuse(path);
            return open();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KohaPatronException(CardSyncNotices.JournalMissing(path));
        }
        catch (IOException e) when (File.Exists(path) && !Directory.Exists(path) && IsHeld(e))
        {
            throw new KohaPatronException(CardSyncNotices.JournalHeld(path, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(CardSyncNotices.JournalUnreadable(path, e));
        }
    }

    /// <summary>Whether the system says that another process has the file: a sharing violation, or a lock that would have to be waited for.</summary>
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
