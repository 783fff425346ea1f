using System.Text;
using System.Text.Json;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Journal;

/// <summary>What a journal's file says: a header and a line of JSON for each event.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="WholeLength">How many bytes are whole lines; what follows was torn when a run was killed while it wrote.</param>
internal sealed record JournalText(List<JournalLine> Lines, int WholeLength)
{
    private static readonly string HeaderStart = $"{{\"journal\":\"{JournalHeader.Name}\"";
    private const string LineStart = "{\"event\":";

    /// <summary>Reads the bytes of a file; none at all is a journal that nobody has begun.</summary>
    /// <exception cref="KohaPatronException">It is no journal, of another release or of another Koha.</exception>
    public static JournalText Parse(byte[] bytes, string path, string apiRoot)
    {
        var whole = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        // A torn last line means: what it would have announced was not sent, or how a write ended is asked again.
        if (!IsBeginning(Encoding.UTF8.GetString(bytes, whole, bytes.Length - whole), whole == 0 ? HeaderStart : LineStart))
            throw new KohaPatronException(CardSyncNotices.JournalBroken(path, 1 + bytes.Count(each => each == '\n')));
        var rows = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n');
        if (whole > 0)
            CheckHeader(rows[0], path, apiRoot);
        var lines = new List<JournalLine>(rows.Length);
        var order = new JournalOrder();
        for (var i = 1; i < rows.Length - 1; i++)
            lines.Add(Line(rows[i]) is { } line && order.Takes(line) ? line : throw new KohaPatronException(CardSyncNotices.JournalBroken(path, i + 1)));
        return new JournalText(lines, whole);
    }

    /// <summary>Whether a text is the start of a line of a journal: one that goes on behind the given letters, or stops within them.</summary>
    private static bool IsBeginning(string text, string start) =>
        text.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(text, StringComparison.Ordinal);

    private static void CheckHeader(string row, string path, string apiRoot)
    {
        if (!row.StartsWith(HeaderStart, StringComparison.Ordinal) || Read(row, JournalJson.Default.JournalHeader) is not { Version: JournalHeader.CurrentVersion, ApiRoot: { } root })
            throw new KohaPatronException(CardSyncNotices.JournalBroken(path, 1));
        if (!ApiRoot.Same(root, apiRoot))
            throw new KohaPatronException(CardSyncNotices.JournalOfAnotherKoha(path, root, apiRoot));
    }

    private static JournalLine? Line(string row) =>
        Read(row, JournalJson.Default.JournalLine) is { UserId: not null, Fields: not null } line && line.Fields.All(change => change?.Field is not null) ? line : null;

    private static T? Read<T>(string row, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(row, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
