using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>Every message about whole records that is not about changing patrons in general. They name users and fields, never values.</summary>
internal static class RecordNotices
{
    public static Notice UnknownField(string field, IEnumerable<string> known) => Fatal(
        "PatronFieldUnknown", $"\"{field}\" is no field that can be compared. Nothing was read from Koha.", field, $"Name some of: {string.Join(", ", known)}.");

    public static Notice LeaversNeedPeople() => Fatal(
        "LeaverWithoutPerson", "With -Leaver an object is no person of Get-WorkdayPatron: rows leave out whom a load leaves out, who has not left. Nobody is reported.", "-Leaver", "Pipe what Get-WorkdayPatron gives.");

    public static Notice LeaversNeedBaseline() => Fatal(
        "LeaverWithoutBaseline", "-Leaver needs -BaselinePath: without it nobody knows whether an export lacks half of its people. Nothing was read from Koha.", "-Leaver", "Write the baseline with Test-WorkdayExport -UpdateBaseline.");

    public static Notice LeaversNeedAll(IReadOnlyCollection<string> lost) => Fatal(
        "LeaverExportsIncomplete", $"{Counted.Clauses(lost)}. Who is missing in them has not left: nobody is reported.", "-Leaver", "Get all exports whole, filter nobody away, have all of them in the baseline (Test-WorkdayExport -UpdateBaseline), and run the same command again.");

    /// <summary>A clause for the notice above: somebody in between kept people of an export to himself.</summary>
    public static string NotAllCame(string export, long read, int came) => $"of {Counted.Of(read, "person", "people")} read from {export} {N(came)} came to Compare-KohaPatron";

    /// <summary>Another: without it nobody knows whether the export has shrunk.</summary>
    public static string NotInBaseline(string export) => $"the baseline does not know {export}";

    public static Notice ExpiryIsPast(DateTime day, DateTime today) => Fatal(
        "LeaverExpiryPast", $"-ExpireLeaver {IsoDay.Of(day)} is before {IsoDay.Of(today)}: the accounts would have ended already, and nobody could see it coming. Nothing was written.", "-ExpireLeaver", "Give today or a later day.");

    public static Notice TooManyLeavers(int leavers, int among, int limit) => new(
        NoticeLevel.Error,
        "TooManyLeavers",
        $"{N(leavers)} of {N(among)} accounts would end. The limit is {N(limit)}. Nothing was written.",
        NoticeCategory.LimitsExceeded,
        leavers,
        $"If that is right, repeat with -MaximumLeaver {leavers.ToString(CultureInfo.InvariantCulture)}.");

    public static Notice Failed(string? user, string message) => new(
        NoticeLevel.Error, "PatronUpdateFailed", $"{user}: {message}.", NoticeCategory.WriteError, user, "Run the same command again: it finishes what is left.");

    public static Notice Summary(string text) => new(NoticeLevel.Information, "PatronUpdateSummary", text);

    private static Notice Fatal(string code, string text, object target, string action) => new(NoticeLevel.Error, code, text, NoticeCategory.InvalidArgument, target, action);

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
