using System.Text;
using System.Text.Json;
using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync;

/// <summary>
/// The record of every write, on disk before it is sent and again after: a killed run can go on, and a wrong one can be
/// undone. One run at a time holds it; the lock ends with the process that holds it.
/// </summary>
internal sealed class SyncJournal : IDisposable
{
    private readonly FileStream _lock;
    private readonly FileStream _file;
    private long _step;

    private SyncJournal(FileStream @lock, FileStream file, List<JournalLine> lines)
    {
        _lock = @lock;
        _file = file;
        Lines = lines;
        _step = lines.Count == 0 ? 0 : lines.Max(line => line.Step);
    }

    /// <summary>The lines that were there when the journal was opened, and those written since.</summary>
    public List<JournalLine> Lines { get; }

    /// <summary>The writes of which nobody knows how they ended.</summary>
    public IReadOnlyList<JournalLine> Open => [.. Lines.GroupBy(line => line.Step).Select(step => step.Last()).Where(line => line.Event is JournalEvent.Intent or JournalEvent.Unknown)];

    /// <exception cref="KohaPatronException">Another run holds it, or it cannot be read: never taken for an empty one.</exception>
    public static SyncJournal Hold(string path, bool mustExist)
    {
        if (mustExist && !File.Exists(path))
            throw new KohaPatronException(CardSyncNotices.JournalMissing(path));
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            held = Locked(path);
            var file = OwnerFile.Open(path, FileMode.OpenOrCreate, FileShare.Read);
            return new SyncJournal(held, file, Read(file, path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new KohaPatronException(CardSyncNotices.JournalUnreadable(path, e));
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Writes that something is about to be sent, through to the disk; gives the step's number.</summary>
    public long Intend(JournalLine line)
    {
        var step = ++_step;
        Append(line with { Step = step, Event = JournalEvent.Intent });
        return step;
    }

    /// <summary>Writes how a step ended, through to the disk.</summary>
    public void Close(JournalLine line, long step, JournalEvent end) => Append(line with { Step = step, Event = end });

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Append(JournalLine line)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line with { Time = TimeProvider.System.GetUtcNow() }, JournalJson.Default.JournalLine);
        _file.Write(bytes, 0, bytes.Length);
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
        Lines.Add(line);
    }

    private static FileStream Locked(string path)
    {
        try
        {
            return OwnerFile.Open(path + ".lock", FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new KohaPatronException(CardSyncNotices.JournalHeld(path, e));
        }
    }

    private static List<JournalLine> Read(FileStream file, string path)
    {
        using var text = new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, 4096, leaveOpen: true);
        var rows = text.ReadToEnd().Split('\n');
        var lines = new List<JournalLine>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(rows[i]))
                continue;
            try
            {
                lines.Add(JsonSerializer.Deserialize(rows[i], JournalJson.Default.JournalLine)!);
            }
            catch (JsonException e) when (i == rows.Length - 1)
            {
                // The run was killed while it wrote this line: what it would have sent was not sent, for the line comes first;
                // what it had sent stands as an open intent in the line before.
                _ = e;
                file.SetLength(file.Length - Encoding.UTF8.GetByteCount(rows[i]));
            }
            catch (JsonException e)
            {
                throw new KohaPatronException(CardSyncNotices.JournalBroken(path, i + 1, e));
            }
        }

        file.Seek(0, SeekOrigin.End);
        return lines;
    }
}
