using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync.Records;

/// <summary>Finds who is in Koha and in none of the exports, among the patrons of our categories whose account has not ended. Writes nothing.</summary>
internal sealed class LeaverComparison(PatronPages pages, RecordPlanOptions options, DateTime today)
{
    /// <param name="people">Everybody of all exports, those too of whom a load would make no row.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<IReadOnlyList<PatronChange>> FindAsync(IEnumerable<WorkdayPerson> people, CancellationToken cancel)
    {
        var userIds = new HashSet<string>(StringComparer.Ordinal);
        var universalIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var person in people)
        {
            userIds.Add(CollationKey.Of(CellText.Clean(person.UserName) ?? string.Empty));
            universalIds.Add(UniversalIds.Key(CellText.Clean(person.UniversalId)));
        }

        var day = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var (among, leavers) = (0, new List<PatronChange>());
        foreach (var category in options.Categories.OrderBy(category => category, StringComparer.Ordinal))
        {
            foreach (var patron in (await pages.FetchAsync(category, cancel)).Select(Patron.From).Where(patron => patron.ExpiryDate is null || string.CompareOrdinal(patron.ExpiryDate, day) >= 0))
            {
                among++;
                var ids = patron.Attributes.Where(each => each.StartsWith(options.Attributes.UniversalId + ":", StringComparison.Ordinal)).Select(each => each.Substring(options.Attributes.UniversalId.Length + 1)).ToList();
                if (!userIds.Contains(CollationKey.Of(patron.UserId ?? string.Empty)) && !ids.Exists(id => universalIds.Contains(UniversalIds.Key(id))))
                    leavers.Add(Line(patron, ids.FirstOrDefault()));
            }
        }

        foreach (var leaver in leavers)
            leaver.Among = among;
        return leavers;
    }

    private PatronChange Line(Patron patron, string? universalId)
    {
        var change = new PatronChange { ApiRoot = options.ApiRoot, UserId = patron.UserId, UniversalId = universalId, PatronId = patron.PatronId };
        if (patron.IsBlanked || string.IsNullOrEmpty(patron.UserId))
            return change.Settle(PatronChangeStatus.Ambiguous, "Koha shows no user id");
        if (RecordPlanOptions.Lists(options.Protected, patron.UserId, universalId, patron.PatronId))
            return change.Settle(PatronChangeStatus.Excepted, "protected by the settings");
        change.Add("dateexpiry", patron.ExpiryDate, null);
        return change.Settle(PatronChangeStatus.Leaver, "in none of the exports");
    }
}
