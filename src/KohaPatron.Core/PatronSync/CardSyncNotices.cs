using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>Every message about changing patrons in Koha. They name users and patrons, never a card.</summary>
internal static class CardSyncNotices
{
    public static Notice JournalMissing(string path) => Fatal(
        "JournalMissing", $"There is no journal {path}.", NoticeCategory.ObjectNotFound, path, "Check the path: nothing was changed.");

    public static Notice JournalHeld(string path, Exception e) => Fatal(
        "JournalHeld", $"Another run holds the journal {path}. Nothing was changed.", NoticeCategory.ResourceUnavailable, path, "Wait until it has ended.", e);

    public static Notice JournalUnreadable(string path, Exception e) => Fatal(
        "JournalUnreadable", $"The journal {path} cannot be opened: {e.Message} Nothing was changed.", NoticeCategory.ReadError, path, "Check the path and your rights.", e);

    public static Notice JournalBroken(string path, int line) => Fatal(
        "JournalBroken", $"{path}, line {N(line)}: not a line of a journal of this module. The file was left as it is, and nothing was changed.", NoticeCategory.InvalidData, path, "Look at the file; keep it, and use another journal for new runs.");

    public static Notice JournalOfAnotherKoha(string path, string root, string connected) => Fatal(
        "JournalOfAnotherKoha", $"The journal {path} is of {root}, the connection is to {connected}. Nothing was changed.", NoticeCategory.InvalidArgument, path, "Connect to that Koha, or name another journal.");

    public static Notice JournalNotWritten(string path, Exception e) => Fatal(
        "JournalNotWritten", $"The journal {path} cannot be written: {e.Message} The run ends here; what was changed stands in the journal.", NoticeCategory.WriteError, path, "Make room on the disk, and run the same command again: it finishes what is left.", e);

    public static Notice KohaDown(int done, int left) => Fatal(
        "KohaDown", $"Koha has answered nothing for some time, and the run ends here: {Counted.Of(done, "patron")} done, {Counted.Of(left, "patron")} left. What was changed stands in the journal.", NoticeCategory.ResourceUnavailable, left, "When Koha answers again, run the same command with the same journal: it finishes what is left.");

    public static Notice PlanOfAnotherKoha(string? planned, string connected) => Fatal(
        "PlanOfAnotherKoha",
        string.IsNullOrEmpty(planned)
            ? $"This plan does not say for which Koha it was made; the connection is to {connected}. Nothing was written."
            : $"This plan was made for {planned}, the connection is to {connected}. Nothing was written.",
        NoticeCategory.InvalidArgument,
        connected,
        "Connect to that Koha, or make the plan again with Compare-KohaProxNumber.");

    public static Notice PlanInvalid(string? user, string fault) => Fatal(
        "PlanInvalid",
        $"The plan cannot be carried out: {(string.IsNullOrWhiteSpace(user) ? "a line" : user)}: {fault}. Nothing was written.",
        NoticeCategory.InvalidData,
        user ?? string.Empty,
        "Correct the line, or make the plan again.");

    public static Notice TooMany(int changes, int people, int limit, string what)
    {
        var percent = (100.0 * changes / Math.Max(1, people)).ToString("0", CultureInfo.InvariantCulture);
        return Fatal(
            "TooManyChanges",
            $"{N(changes)} of {N(people)} {what} ({percent} %). The limit is {N(limit)}. Nothing was written.",
            NoticeCategory.LimitsExceeded,
            changes,
            $"If that is right, repeat with -MaximumChange {changes.ToString(CultureInfo.InvariantCulture)}.");
    }

    public static Notice ReadOnlyKey() => Fatal(
        "KohaReadOnly", "The key of this connection may not change patrons. Nothing was written.", NoticeCategory.PermissionDenied, "connection", "Updating needs the whole \"borrowers\" permission for the key's patron (More > Set permissions).");

    public static Notice Failed(string? user, string message) => new(
        NoticeLevel.Error, "ProxUpdateFailed", $"{user}: {message}.", NoticeCategory.WriteError, user, "Run the same command again: it finishes what is left.");

    public static Notice TemporaryCardLeft(string? user, int patronId, string why) => new(
        NoticeLevel.Error,
        "TemporaryCardLeft",
        $"{user} (patron {patronId.ToString(CultureInfo.InvariantCulture)}) has a temporary card number in Koha and cannot borrow: {why}.",
        NoticeCategory.WriteError,
        user,
        "Run the same command again with the journal of the run that stopped, or give the card in Koha by hand.");

    public static Notice TemporaryCardHealed(string? user, int patronId) => new(
        NoticeLevel.Warning,
        "TemporaryCardHealed",
        $"{user} (patron {patronId.ToString(CultureInfo.InvariantCulture)}) had a temporary card number from a run that stopped; a card was given again.",
        Target: user);

    public static Notice NotAPlan() => new(
        NoticeLevel.Error, "ProxChangeInvalid", "An object is neither a person of Get-WorkdayPatron nor a line of Compare-KohaProxNumber. It is left out.", NoticeCategory.InvalidArgument, Action: "Pipe what one of them gives.");

    public static Notice MissingWithoutPeople() => Fatal(
        "MissingPathWithoutPeople", "-MissingPath was given, and no people: a plan holds too little of a person to write an export. Nothing was written.", NoticeCategory.InvalidArgument, "-MissingPath", "Pipe what Get-WorkdayPatron gives.");

    public static Notice MissingOverInput(string path) => Fatal(
        "MissingPathIsInput", $"-MissingPath is the export that the people come from, {path}. Nothing was written.", NoticeCategory.InvalidArgument, path, "Name another file.");

    /// <summary>The people of a broken export go on, for each card rests on its person, the report and Koha, and on nobody's absence.</summary>
    public static Notice PeopleIncomplete(IReadOnlyCollection<string> lost) => new(
        NoticeLevel.Warning,
        "PeopleIncomplete",
        $"{Counted.Clauses(lost)}. Whoever was read goes on; nothing is concluded about the others.");

    public static Notice MissingIncomplete(string path, IReadOnlyCollection<string> lost) => new(
        NoticeLevel.Error,
        "MissingPathIncomplete",
        $"{Counted.Clauses(lost)}. {path} {(File.Exists(path) ? "is as it was" : "was not made")}; the cards of whoever was read go on.",
        NoticeCategory.InvalidData,
        path,
        "Download the export again, and run the same command again.");

    public static Notice Summary(string text) => new(NoticeLevel.Information, "ProxUpdateSummary", text);

    private static Notice Fatal(string code, string text, NoticeCategory category, object target, string action, Exception? cause = null) =>
        new(NoticeLevel.Error, code, text, category, target, action, cause);

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
