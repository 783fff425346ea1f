using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>
/// Adds the patrons of rows whom Koha does not have: neither under the user id nor, whatever zeros stand in front, under the
/// universal ID, which is written as the row has it: as the export has it, the form that the import file gives Koha too. Each
/// is in the journal before and after.
/// </summary>
internal sealed class PatronAddition(KohaConnection koha, string universalIdAttribute, Func<SyncJournal> open, bool evenIfAlike) : IDisposable
{
    private readonly PatronLookup _lookup = new(koha.Http, universalIdAttribute, PatronLookup.DefaultBatchSize);
    private readonly HashSet<string> _userIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _universalIds = new(StringComparer.Ordinal);
    private SyncJournal? _journal;

    /// <summary>Adds rows; gives a result for each, in their order.</summary>
    /// <param name="rows">The rows; as many as one look-up takes.</param>
    /// <param name="confirm">Asks whether a patron is to be made.</param>
    /// <param name="report">Told the results.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="KohaPatronException">What stands in the way of all of them.</exception>
    public async Task AddAsync(IReadOnlyList<KohaPatronRow> rows, Func<KohaPatronRow, bool> confirm, Action<KohaAddResult> report, CancellationToken cancel)
    {
        _journal ??= await OpenAsync(cancel);
        var maker = new PatronMaker(koha.Http, _lookup, _journal, evenIfAlike);
        var against = await AgainstAsync(rows, cancel);
        var results = new InputOrder<KohaAddResult>(report);
        using var turns = new SemaphoreSlim(koha.Http.ThrottleLimit);
        var making = new List<Task>();
        for (var place = 0; place < rows.Count; place++)
        {
            if (against[place] is { } refused)
                results.Add(place, refused);
            else if (!confirm(rows[place]))
                results.Add(place, new KohaAddResult(KohaAddStatus.Skipped, rows[place].userid, null, null));
            else
                making.Add(MakeAsync(rows[place], place));
        }

        try
        {
            await Task.WhenAll(making);
        }
        finally
        {
            results.Flush();
        }

        async Task MakeAsync(KohaPatronRow row, int place)
        {
            await turns.WaitAsync(cancel);
            try
            {
                results.Add(place, await maker.MakeAsync(row, cancel));
            }
            finally
            {
                turns.Release();
            }
        }
    }

    public void Dispose() => _journal?.Dispose();

    private async Task<SyncJournal> OpenAsync(CancellationToken cancel)
    {
        var journal = open();
        using var writer = new PatronWriter(koha.Http, _lookup, journal);
        await OpenWrites.SettleAsync(journal, writer, _lookup, cancel);
        return journal;
    }

    /// <summary>For each row why no patron is made of it, or null.</summary>
    private async Task<IReadOnlyList<KohaAddResult?>> AgainstAsync(IReadOnlyList<KohaPatronRow> rows, CancellationToken cancel)
    {
        var universalIds = rows.Select(UniversalIdOf).ToList();
        var byUserId = _lookup.FindAsync(PatronKey.UserId, [.. rows.Select(row => row.userid)], cancel);
        var byUniversalId = _lookup.FindAsync(PatronKey.UniversalId, [.. universalIds.OfType<string>().Distinct(StringComparer.Ordinal)], cancel);
        var namesakes = _lookup.FetchAsync(PatronKey.UserId, [.. rows.Select(row => row.cardnumber).Where(card => card.Length > 0)], cancel);
        var holders = _lookup.FetchAsync(PatronKey.CardNumber, [.. rows.Select(row => row.userid)], cancel);
        var users = await byUserId;
        var known = (await byUniversalId).Where(each => each.Patrons.Count > 0).ToDictionary(each => each.Value, each => each.Patrons[0], StringComparer.Ordinal);
        var userIds = new HashSet<string>((await namesakes).Select(json => CollationKey.Of(new PatronRecord(json).UserId ?? string.Empty)), StringComparer.Ordinal);
        var cards = new HashSet<string>((await holders).Select(json => CollationKey.Of(new PatronRecord(json)[PatronFields.CardNumber] ?? string.Empty)), StringComparer.Ordinal);
        return [.. rows.Select((row, i) => Against(row, universalIds[i], users[i].Patrons, known, userIds, cards))];
    }

    private KohaAddResult? Against(KohaPatronRow row, string? universalId, IReadOnlyList<Patron> users, Dictionary<string, Patron> known, HashSet<string> userIds, HashSet<string> cards)
    {
        var isRepeated = !_userIds.Add(CollationKey.Of(row.userid)) | (universalId is not null && !_universalIds.Add(UniversalIds.Key(universalId)));
        if (users.Count > 0)
            return new KohaAddResult(KohaAddStatus.Exists, row.userid, users[0].PatronId, "Koha has a patron with this user id");
        if (universalId is not null && known.TryGetValue(universalId, out var patron))
            return new KohaAddResult(KohaAddStatus.Renamed, row.userid, patron.PatronId, $"Koha has this universal ID under the user id {patron.UserId ?? "of a patron whose values are hidden"}");
        return Fault(row, isRepeated, userIds, cards) is { } fault ? new KohaAddResult(KohaAddStatus.Failed, row.userid, null, fault) : null;
    }

    private static string? Fault(KohaPatronRow row, bool isRepeated, HashSet<string> userIds, HashSet<string> cards)
    {
        if (string.IsNullOrWhiteSpace(row.userid))
            return "the user id is missing; Koha would make one up";
        if (isRepeated)
            return "the user id or the universal ID stands in an earlier row of the input";
        if (PatronAttributes.Parse(row.patron_attributes).Fault != AttributeFault.None)
            return "patron_attributes is not a list of CODE:value";
        if (SpreadsheetNumber.Is(row.cardnumber.AsSpan()))
            return "a spreadsheet has rewritten the card number";
        if (row.cardnumber.Length > 0 && !PatronFields.Takes(PatronFields.CardNumber, row.cardnumber))
            return "the card number is longer than Koha takes";
        if (row.cardnumber.Length > 0 && userIds.Contains(CollationKey.Of(row.cardnumber)))
            return "the card number is another patron's user id";
        return cards.Contains(CollationKey.Of(row.userid)) ? "the user id is another patron's card number" : null;
    }

    private string? UniversalIdOf(KohaPatronRow row) =>
        PatronAttributes.Parse(row.patron_attributes).All.Where(attribute => attribute.Key == universalIdAttribute && UniversalIds.Key(attribute.Value).Length > 0).Select(attribute => attribute.Value.Trim()).FirstOrDefault();
}
