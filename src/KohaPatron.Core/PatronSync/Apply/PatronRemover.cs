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
internal sealed class PatronRemover(KohaHttp http, PatronLookup lookup, SyncJournal journal)
{
    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task<(LineEnd End, string? Why)> RemoveAsync(PatronLine line, CancellationToken cancel)
    {
        try
        {
            if (await lookup.FetchAsync(line.PatronId!.Value, cancel) is not { } json)
                return (LineEnd.Missing, "the patron is gone, or hidden from the key");
            if (Against(line, new PatronRecord(json)) is { } changed)
                return (LineEnd.Conflict, changed);
            return await HoldsAsync(line.PatronId.Value, cancel) is { } held ? (LineEnd.Conflict, held) : await SendAsync(line, cancel);
        }
        catch (KohaPatronException e) when (!PatronWriter.EndsTheRun(e))
        {
            return (LineEnd.Failed, e.Notice.Text.TrimEnd('.'));
        }
    }

    /// <summary>Why the patron is not as the run made it, or null.</summary>
    public static string? Against(PatronLine line, PatronRecord fresh)
    {
        if (fresh.IsHidden || !string.Equals(fresh.UserId, line.UserId.Trim(), StringComparison.OrdinalIgnoreCase))
            return "the patron has another user id now";
        if (line.Fields.FirstOrDefault(change => !FieldChange.Same(fresh[change.Field], change.Seen)) is { } moved)
            return $"{PatronFields.InWords(moved.Field)} was changed since, and the patron stays";
        if (fresh.AttributeTypes.FirstOrDefault(type => line.Of(AttributeValues.FieldOf(type)) is null) is { } added)
            return $"the patron has got the attribute {added} since, and stays";
        if (line.Stamp is not null && fresh["updated_on"] is { } stamp && stamp != line.Stamp)
            return "the record was changed since, and the patron stays";
        return fresh.IsRestricted ? "the patron is restricted, and stays" : null;
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

    private async Task<(LineEnd End, string? Why)> SendAsync(PatronLine line, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var intent = journal.Intend(new JournalLine(JournalEvent.Intent, default, 0, LineKind.Delete, line.PatronId, line.UserId, null, null, []));
        var (end, why, fault) = await DeleteAsync(line.PatronId!.Value);
        journal.Close(intent, end);
        if (fault is not null)
            throw fault;
        return end switch
        {
            JournalEvent.Done => (LineEnd.Deleted, null),
            JournalEvent.NotDone => (LineEnd.Conflict, why),
            _ => (LineEnd.Failed, "nobody knows whether the patron was deleted; the next run with this journal asks Koha"),
        };
    }

    /// <summary>What has been announced must be known to its end: a stop waits for the answer.</summary>
    private async Task<(JournalEvent End, string? Why, KohaPatronException? Fault)> DeleteAsync(int patronId)
    {
        try
        {
            var answer = await http.SendAsync(new KohaRequest(HttpMethod.Delete, $"/patrons/{patronId.ToString(CultureInfo.InvariantCulture)}"), CancellationToken.None);
            if (answer.Status == 403)
                return (JournalEvent.NotDone, null, new KohaPatronException(http.Refusal(answer)));
            if (answer.Status is 400 or 409)
                return (JournalEvent.NotDone, InWords(answer), null);
        }
        catch (KohaPatronException e) when (e.Notice.Category is NoticeCategory.AuthenticationError)
        {
            return (JournalEvent.NotDone, null, e);
        }
        catch (KohaPatronException)
        {
            // The answer is lost: the record says what happened.
        }

        var gone = await LookAsync(lookup, patronId, CancellationToken.None);
        return (gone, "Koha did not delete the patron", null);
    }

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
