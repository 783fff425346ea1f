using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Records;

namespace KohaPatron.Core.PatronSync;

/// <summary>
/// Adds the patrons of rows whom Koha does not have: neither under the user id nor, whatever zeros stand in front, under the
/// universal ID, which is written as the row has it: as the export has it, the form that the import file gives Koha too. Each
/// is in the journal before and after.
/// </summary>
internal sealed class PatronAddition(KohaConnection koha, string universalIdAttribute, Func<SyncJournal> open, bool evenIfAlike) : IDisposable
{
    private readonly PatronLookup _lookup = new(koha.Http, universalIdAttribute, PatronLookup.DefaultBatchSize);
    private NewPatronCheck? _check;
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
                results.Add(place, await maker.MakeAsync(LineOf(row), cancel));
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
        _check ??= new NewPatronCheck(_lookup);
        var faults = rows.Select(row => RecordFields.Fault(row) is { } fault ? new KohaAddResult(KohaAddStatus.Failed, row.userid, null, fault) : null).ToList();
        var against = new Queue<KohaAddResult?>(await _check.AgainstAsync([.. rows.Where((_, place) => faults[place] is null).Select(LineOf)], cancel));
        return [.. faults.Select(fault => fault ?? against.Dequeue())];
    }

    private PatronLine LineOf(KohaPatronRow row) => RecordFields.NewPatron(row, ApiRoot.Of(koha.ApiRoot), universalIdAttribute);
}
