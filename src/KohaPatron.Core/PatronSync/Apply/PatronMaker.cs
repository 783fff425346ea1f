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
        for (var tries = 1; ; tries++)
        {
            var made = await TryAsync(patron, cancel);
            if (made.End != JournalEvent.NotDone || made.Wait is not { } wait || tries == PatronWriter.Tries)
                return made.Fault is null ? Result(patron, made) : throw made.Fault;
            await Task.Delay(wait, cancel);
            // Somebody may have made the patron meanwhile.
            if ((await new NewPatronCheck(lookup).AgainstAsync([patron], cancel))[0] is { } against)
                return against;
        }
    }

    private static KohaAddResult Result(PatronLine patron, Made made) => made.End == JournalEvent.Done
        ? new KohaAddResult(KohaAddStatus.Added, patron.UserId, made.PatronId, null)
        : new KohaAddResult(KohaAddStatus.Failed, patron.UserId, null, made.Why);

    private async Task<Made> TryAsync(PatronLine patron, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var line = journal.Intend(new JournalLine(JournalEvent.Intent, default, 0, LineKind.Create, null, patron.UserId, null, null, patron.Fields));
        // What has been announced must be known to its end: a stop waits for the answer, as long as an answer may take.
        var made = await PostAsync(patron);
        journal.Close(line with { PatronId = made.PatronId, Stamp = made.Stamp }, made.End);
        return made;
    }

    private async Task<Made> PostAsync(PatronLine patron)
    {
        Made? refused = null;
        var timedOut = false;
        try
        {
            var request = new KohaRequest(HttpMethod.Post, "/patrons", NewPatron.Body(patron)) { ConfirmsNotDuplicate = evenIfAlike, GoesByARead = true };
            var answer = await http.SendAsync(request, CancellationToken.None);
            // Older releases do not say it in their answer, and undo goes by it: the record tells.
            if (answer is { IsSuccess: true, PatronId: { } id } && !NamesAnother(answer, patron) && (StampOf(answer) ?? await StampAsync(lookup, id, patron.UserId)) is { } stamp)
                return new Made(JournalEvent.Done, id) { Stamp = stamp };
            if (answer.Status is 401 or 403)
                refused = new Made(JournalEvent.NotDone, Fault: new KohaPatronException(http.Refusal(answer))) { Wait = answer.Wait };
            else if (answer is { IsSuccess: false, Status: < 500 })
                refused = new Made(JournalEvent.NotDone, Why: NewPatron.InWords(answer)) { Wait = answer.Wait };
        }
        catch (KohaPatronException e) when (e.Notice.Category is NoticeCategory.AuthenticationError)
        {
            refused = new Made(JournalEvent.NotDone, Fault: e);
        }
        catch (KohaPatronException e)
        {
            timedOut = e.Notice.Code == "KohaTimedOut";
        }

        // A refusal may be that of something in front of Koha which let the request pass.
        var found = await LookAsync(lookup, patron.UserId, patron.Fields, CancellationToken.None);
        return found.End switch
        {
            // A token that died is renewed for the next request.
            JournalEvent.Done => new Made(found.End, found.PatronId, Fault: refused?.Wait is null ? refused?.Fault : null) { Stamp = found.Stamp },
            _ when refused is not null => refused with { End = found.End },
            JournalEvent.NotDone when !timedOut => new Made(found.End, Why: "Koha's answer did not come, and the patron is not there"),
            _ => new Made(JournalEvent.Unknown, Why: "nobody knows whether the patron was made; the next run with this journal asks Koha"),
        };
    }

    /// <summary>When Koha last wrote a patron whom a run made, by an answer that shows whom it is about; null: this one does not tell.</summary>
    private static string? StampOf(KohaAnswer answer) =>
        answer is { Patron.UserId: not null, Json: { } json } ? new PatronRecord(json).Stamp : null;

    /// <summary>The same by a read; null: the record is somebody else's, or nobody knows.</summary>
    public static async Task<string?> StampAsync(PatronLookup lookup, int patronId, string userId)
    {
        try
        {
            return await lookup.FetchAsync(patronId, CancellationToken.None) is { } json && new PatronRecord(json) is var record && (record.UserId is null || record.HasUser(userId)) ? record.Stamp : null;
        }
        catch (KohaPatronException)
        {
            return null;
        }
    }

    /// <summary>Whether an answer shows a user id or a card that is not the new patron's; one that hides them shows none.</summary>
    private static bool NamesAnother(KohaAnswer answer, PatronLine patron) =>
        answer.Patron is { } shown
        && ((shown.UserId is { } user && !string.Equals(user.Trim(), patron.UserId.Trim(), StringComparison.OrdinalIgnoreCase))
            || (shown.CardNumber is { } card && patron.Of(PatronFields.CardNumber) is { } given && !FieldChange.Same(card.Trim(), given.Wanted?.Trim())));

    /// <summary>Whether Koha has made a patron of whom only the intent is known. One with other values is somebody else's: undo would delete it.</summary>
    public static async Task<(JournalEvent End, int? PatronId, string? Stamp)> LookAsync(PatronLookup lookup, string userId, IReadOnlyList<FieldChange> fields, CancellationToken cancel)
    {
        try
        {
            var found = (await lookup.FetchAsync(PatronKey.UserId, [userId], cancel)).Select(each => new PatronRecord(each.Json)).FirstOrDefault(record => record.UserId is null || record.HasUser(userId));
            return found is not null && (found.IsHidden || found.HasAll(fields)) ? (JournalEvent.Done, found.PatronId, found.Stamp) : (JournalEvent.NotDone, null, null);
        }
        catch (KohaPatronException)
        {
            return (JournalEvent.Unknown, null, null);
        }
    }

    /// <summary>What became of a request.</summary>
    /// <param name="End">Whether the patron is there.</param>
    /// <param name="PatronId">Koha's number of the patron.</param>
    /// <param name="Why">Why not.</param>
    /// <param name="Fault">What ends the run, where it is not tried again.</param>
    private sealed record Made(JournalEvent End, int? PatronId = null, string? Why = null, KohaPatronException? Fault = null)
    {
        /// <summary>When Koha says that it last wrote the record.</summary>
        public string? Stamp { get; init; }

        /// <summary>How long to wait before it is tried again; null: it is not.</summary>
        public TimeSpan? Wait { get; init; }
    }
}
