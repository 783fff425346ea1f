using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Makes a patron (<c>POST /patrons</c>): the intent on disk, the request, the outcome on disk. A lost or odd answer is
/// settled by looking the user id up.
/// </summary>
internal sealed class PatronMaker(KohaHttp http, PatronLookup lookup, SyncJournal journal, bool evenIfAlike)
{
    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task<KohaAddResult> MakeAsync(PatronLine patron, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var line = journal.Intend(new JournalLine(JournalEvent.Intent, default, 0, LineKind.Create, null, patron.UserId, null, null, patron.Fields));
        // What has been announced must be known to its end: a stop waits for the answer, as long as an answer may take.
        var made = await PostAsync(patron);
        journal.Close(line with { PatronId = made.PatronId, Stamp = made.Stamp }, made.End);
        if (made.Fault is not null)
            throw made.Fault;
        return made.End == JournalEvent.Done
            ? new KohaAddResult(KohaAddStatus.Added, patron.UserId, made.PatronId, null)
            : new KohaAddResult(KohaAddStatus.Failed, patron.UserId, null, made.Why);
    }

    private async Task<Made> PostAsync(PatronLine patron)
    {
        var timedOut = false;
        try
        {
            var answer = await http.SendAsync(new KohaRequest(HttpMethod.Post, "/patrons", NewPatron.Body(patron)) { ConfirmsNotDuplicate = evenIfAlike }, CancellationToken.None);
            if (answer is { IsSuccess: true, PatronId: { } id })
                return new Made(JournalEvent.Done, id) { Stamp = answer.Json is { } json ? KohaAnswer.Text(json, "updated_on") : null };
            if (answer.Status == 403)
                return new Made(JournalEvent.NotDone, Fault: new KohaPatronException(http.Refusal(answer)));
            if (answer is { IsSuccess: false, Status: < 500 })
                return new Made(JournalEvent.NotDone, Why: NewPatron.InWords(answer));
        }
        catch (KohaPatronException e) when (e.Notice.Category is NoticeCategory.AuthenticationError)
        {
            return new Made(JournalEvent.NotDone, Fault: e);
        }
        catch (KohaPatronException e)
        {
            timedOut = e.Notice.Code == "KohaTimedOut";
        }

        var (end, made) = await LookAsync(lookup, patron.UserId, CancellationToken.None);
        if (end == JournalEvent.Done)
            return new Made(end, made);
        return end == JournalEvent.Unknown || timedOut
            ? new Made(JournalEvent.Unknown, Why: "nobody knows whether the patron was made; the next run with this journal asks Koha")
            : new Made(end, Why: "Koha's answer did not come, and the patron is not there");
    }

    /// <summary>Whether Koha has made a patron of whom only the intent is known.</summary>
    public static async Task<(JournalEvent End, int? PatronId)> LookAsync(PatronLookup lookup, string userId, CancellationToken cancel)
    {
        try
        {
            var found = (await lookup.FindAsync(PatronKey.UserId, [userId], cancel))[0].Patrons;
            return found.Count > 0 ? (JournalEvent.Done, found[0].PatronId) : (JournalEvent.NotDone, null);
        }
        catch (KohaPatronException)
        {
            return (JournalEvent.Unknown, null);
        }
    }

    /// <summary>What became of a request.</summary>
    /// <param name="End">Whether the patron is there.</param>
    /// <param name="PatronId">Koha's number of the patron.</param>
    /// <param name="Why">Why not.</param>
    /// <param name="Fault">What ends the run.</param>
    private sealed record Made(JournalEvent End, int? PatronId = null, string? Why = null, KohaPatronException? Fault = null)
    {
        /// <summary>When Koha says that it made the patron.</summary>
        public string? Stamp { get; init; }
    }
}
