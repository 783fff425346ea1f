using System.Globalization;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Takes away a patron that a run made (<c>DELETE /patrons/{id}</c>), if it is still as the run made it and nothing hangs on
/// it. Koha itself refuses patrons with checkouts, debts or guarantees; holds, restrictions and what was added to the record
/// since it would delete without a word.
/// </summary>
/// <param name="http">The way to Koha.</param>
/// <param name="lookup">Reads the patron.</param>
/// <param name="journal">The record of what is done.</param>
/// <param name="signedIn">Who is signed in: a user, who must not delete itself, or a key, which does not tell whose it is.</param>
/// <param name="leavesAlone">Why a patron is left alone whatever the line says; null: nobody is.</param>
internal sealed class PatronRemover(KohaHttp http, PatronLookup lookup, SyncJournal journal, string signedIn, Func<PatronRecord, string?>? leavesAlone)
{
    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task<LineResult> RemoveAsync(PatronLine line, CancellationToken cancel)
    {
        try
        {
            for (var tries = 1; ; tries++)
            {
                var (result, deleted) = await TryAsync(line, cancel);
                if (deleted?.Wait is not { } time || tries == PatronWriter.Tries)
                    return deleted?.Fault is null ? result : throw deleted.Fault;
                await Task.Delay(time, cancel);
            }
        }
        catch (KohaPatronException e) when (!PatronWriter.EndsTheRun(e))
        {
            return new LineResult(LineEnd.Failed, PatronWriter.Sentence(e.Notice));
        }
    }

    private async Task<(LineResult Result, Deletion? Sent)> TryAsync(PatronLine line, CancellationToken cancel)
    {
        if (await lookup.FetchAsync(line.PatronId!.Value, cancel) is not { } json)
            return (new LineResult(LineEnd.Missing, "the patron is gone, or hidden from the key"), null);
        var fresh = new PatronRecord(json);
        if ((leavesAlone?.Invoke(fresh) ?? Against(line, fresh) ?? (IsSignedIn(fresh) ? "the patron is the one who is signed in, and stays" : null)) is { } stays)
            return (new LineResult(LineEnd.Conflict, stays), null);
        return await HoldsAsync(fresh.PatronId, cancel) is { } held ? (new LineResult(LineEnd.Conflict, held), null) : await SendAsync(line, cancel);
    }

    private bool IsSignedIn(PatronRecord fresh) =>
        fresh.HasUser(signedIn) || string.Equals(fresh[PatronFields.CardNumber], signedIn, StringComparison.OrdinalIgnoreCase);

    /// <summary>Why the patron is not as the run made it, or null.</summary>
    public static string? Against(PatronLine line, PatronRecord fresh)
    {
        if (fresh.IsHidden || !fresh.HasUser(line.UserId))
            return "the patron has another user id now";
        // What a run makes has all that Koha demands: a journal without it tells of somebody else's patron.
        if (PatronFields.Demanded.Any(field => line.Of(field) is null))
            return "the journal does not tell what the patron was made with";
        if (line.Fields.FirstOrDefault(change => !FieldChange.Same(fresh[change.Field], change.Seen)) is { } moved)
            return $"{PatronFields.InWords(moved.Field)} was changed since, and the patron stays";
        if (fresh.AttributeTypes.FirstOrDefault(type => line.Of(AttributeValues.FieldOf(type)) is null) is { } added)
            return $"the patron has got the attribute {added} since, and stays";
        if (line.Stamp is null || fresh.Stamp is null)
            return "nobody can tell whether the record was changed since, and the patron stays";
        if (fresh.Stamp != line.Stamp)
            return "the record was changed since, and the patron stays";
        return fresh.IsRestricted switch
        {
            false => null,
            true => "the patron is restricted, and stays",
            null => "Koha does not say whether the patron is restricted, who stays",
        };
    }

    private async Task<string?> HoldsAsync(int patronId, CancellationToken cancel)
    {
        var id = patronId.ToString(CultureInfo.InvariantCulture);
        var answer = await http.SendAsync(new KohaRequest(HttpMethod.Get, $"/patrons/{id}/holds?_per_page=1"), cancel);
        // Older releases have only the list of all holds.
        if (answer.Status == 404)
            answer = await http.SendAsync(new KohaRequest(HttpMethod.Get, $"/holds?patron_id={id}&_per_page=1"), cancel);
        if (answer is not { IsSuccess: true, Json: { ValueKind: System.Text.Json.JsonValueKind.Array } holds })
            return "the key may not see whether there are holds, and the patron stays";
        return holds.GetArrayLength() > 0 ? "the patron has holds, and stays" : null;
    }

    private async Task<(LineResult Result, Deletion? Sent)> SendAsync(PatronLine line, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var intent = journal.Intend(new JournalLine(JournalEvent.Intent, default, 0, LineKind.Delete, line.PatronId, line.UserId, null, null, []));
        var deleted = await DeleteAsync(line.PatronId!.Value);
        journal.Close(intent, deleted.End);
        var result = deleted.End switch
        {
            JournalEvent.Done => new LineResult(LineEnd.Deleted),
            JournalEvent.NotDone => new LineResult(deleted.Wait is null ? LineEnd.Conflict : LineEnd.Failed, deleted.Why),
            _ => new LineResult(LineEnd.Failed, "nobody knows whether the patron was deleted; the next run with this journal asks Koha"),
        };
        return (result, deleted);
    }

    /// <summary>What has been announced must be known to its end: a stop waits for the answer.</summary>
    private async Task<Deletion> DeleteAsync(int patronId)
    {
        Deletion? refused = null;
        var timedOut = false;
        try
        {
            var answer = await http.SendAsync(new KohaRequest(HttpMethod.Delete, $"/patrons/{patronId.ToString(CultureInfo.InvariantCulture)}") { GoesByARead = true }, CancellationToken.None);
            if (answer.Status is 401 or 403)
                refused = new Deletion(JournalEvent.NotDone, Fault: new KohaPatronException(http.Refusal(answer)), Wait: answer.Wait);
            else if (answer.Status == 429)
                refused = new Deletion(JournalEvent.NotDone, "Koha asked to wait, again and again", Wait: answer.Wait);
            else if (answer.Status is 400 or 409)
                refused = new Deletion(JournalEvent.NotDone, InWords(answer));
        }
        catch (KohaPatronException e) when (e.Notice.Category is NoticeCategory.AuthenticationError)
        {
            refused = new Deletion(JournalEvent.NotDone, Fault: e);
        }
        catch (KohaPatronException e)
        {
            // The answer is lost.
            timedOut = e.Notice.Code == "KohaTimedOut";
        }

        // The record says what happened, whatever the answer; what timed out may still be on its way.
        var end = await LookAsync(lookup, patronId, CancellationToken.None);
        if (refused is not null)
            return end == JournalEvent.NotDone ? refused : refused with { End = end, Wait = null, Fault = refused.Wait is null ? refused.Fault : null };
        return end == JournalEvent.NotDone && timedOut ? new Deletion(JournalEvent.Unknown) : new Deletion(end, "Koha did not delete the patron");
    }

    /// <summary>What became of a request.</summary>
    private sealed record Deletion(JournalEvent End, string? Why = null, KohaPatronException? Fault = null, TimeSpan? Wait = null);

    /// <summary>Whether a patron is gone of whom only the intent is known.</summary>
    public static async Task<JournalEvent> LookAsync(PatronLookup lookup, int patronId, CancellationToken cancel)
    {
        try
        {
            return await lookup.FetchAsync(patronId, cancel) is null ? JournalEvent.Done : JournalEvent.NotDone;
        }
        catch (KohaPatronException)
        {
            return JournalEvent.Unknown;
        }
    }

    private static string InWords(KohaAnswer answer) => (answer.Json is { } json ? KohaAnswer.Text(json, "error_code") : null) switch
    {
        "has_checkouts" => "the patron has checkouts, and stays",
        "has_debt" => "the patron owes something, and stays",
        "has_guarantees" => "the patron is somebody's guarantor, and stays",
        "is_protected" => "the patron is protected in Koha, and stays",
        _ => "Koha refuses to delete the patron",
    };
}
