using System.Globalization;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.PatronSync;

/// <summary>Every message about changing card numbers. They name users and patrons, never a card.</summary>
internal static class CardSyncNotices
{
    public static Notice JournalMissing(string path) => Fatal(
        "JournalMissing", $"There is no journal {path}.", NoticeCategory.ObjectNotFound, path, "Check the path: nothing was changed.");

    public static Notice JournalHeld(string path, Exception e) => Fatal(
        "JournalHeld", $"Another run holds the journal {path}. Nothing was changed.", NoticeCategory.ResourceUnavailable, path, "Wait until it has ended.", e);

    public static Notice JournalUnreadable(string path, Exception e) => Fatal(
        "JournalUnreadable", $"The journal {path} cannot be opened: {e.Message} Nothing was changed.", NoticeCategory.ReadError, path, "Check the path and your rights.", e);

    public static Notice JournalBroken(string path, int line, Exception e) => Fatal(
        "JournalBroken", $"{path}, line {N(line)}: not a line of a journal. Nothing was changed.", NoticeCategory.InvalidData, path, "Look at the file; keep it, and use another journal for new runs.", e);

    public static Notice TooMany(int changes, int people, int limit)
    {
        var percent = (100.0 * changes / Math.Max(1, people)).ToString("0", CultureInfo.InvariantCulture);
        return Fatal(
            "TooManyChanges",
            $"{N(changes)} of {N(people)} cards would change ({percent} %). The limit is {N(limit)}. Nothing was written.",
            NoticeCategory.LimitsExceeded,
            changes,
            $"If that is right, repeat with -MaximumChange {changes.ToString(CultureInfo.InvariantCulture)}.");
    }

    public static Notice ReadOnlyKey() => Fatal(
        "KohaReadOnly", "The key of this connection may not change patrons. Nothing was written.", NoticeCategory.PermissionDenied, "connection", "Updating needs the whole \"borrowers\" permission for the key's patron (More > Set permissions).");

    public static Notice Failed(string? user, string message) => new(
        NoticeLevel.Error, "ProxUpdateFailed", $"{user}: {message}", NoticeCategory.WriteError, user, "Run the same command again: it finishes what is left.");

    public static Notice NotAPlan() => new(
        NoticeLevel.Error, "ProxChangeInvalid", "An object is neither a person of Get-WorkdayPatron nor a line of Compare-KohaProxNumber. It is left out.", NoticeCategory.InvalidArgument, Action: "Pipe what one of them gives.");

    public static Notice Summary(string text) => new(NoticeLevel.Information, "ProxUpdateSummary", text);

    private static Notice Fatal(string code, string text, NoticeCategory category, object target, string action, Exception? cause = null) =>
        new(NoticeLevel.Error, code, text, category, target, action, cause);

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
