using System.Globalization;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Writes a patron, safely: read it again, and leave it alone unless user id and every field are as planned; put the intent
/// on disk; write; see that Koha's answer has the values; put the outcome on disk. Whatever cannot be known from the answer
/// is settled by reading.
/// </summary>
internal sealed class PatronWriter(KohaHttp http, PatronLookup lookup, SyncJournal journal) : IDisposable
{
    /// <summary>How often something is tried that Koha asked to wait with, each time by a new read.</summary>
    public const int Tries = 4;

    // Each has had its tries for some seconds, a few at a time: a restart passes meanwhile, and who waits longer waits for somebody to mend it.
    private const int MostUnanswered = 10;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    // A step waits for its turn before it reads, or what it read would be old when it is written.
    private readonly SemaphoreSlim _turns = new(http.ThrottleLimit);

    public FreshReads Reads { get; } = new(lookup);

    /// <summary>Whether Koha has answered nothing for so long that the rest need not be tried.</summary>
    public bool IsKohaDown => http.Unanswered >= MostUnanswered;

    /// <summary>Why a patron is left alone whatever the step says; what must be put back is put back all the same.</summary>
    public Func<PatronRecord, string?>? LeavesAlone { get; init; }

    /// <summary>Whether an error is one that every further request would meet too, or that ends the run for the journal's sake.</summary>
    public static bool EndsTheRun(KohaPatronException e) => EndsTheRun(e.Notice);

    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public Task<StepResult> WriteAsync(PatronStep step, CancellationToken cancel) => InTurnAsync(
        async () =>
        {
            try
            {
                for (var tries = 1; ; tries++)
                {
                    var result = await TryAsync(step, cancel);
                    if (result.Wait is not { } wait || tries == Tries)
                        return result;
                    await Task.Delay(wait, cancel);
                }
            }
            catch (KohaPatronException e) when (!EndsTheRun(e))
            {
                return new StepResult(StepEnd.Failed, Sentence(e.Notice));
            }
        },
        cancel);

    /// <summary>Does something when it is its turn; no more are under way than may be.</summary>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await _turns.WaitAsync(cancel);
        try
        {
            return await work();
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>The circle in which a patron was parked last, by the journal; null: in none.</summary>
    public long? CircleOf(int patronId) => journal.ParkingOf(patronId)?.Circle;

    /// <summary>How a write ended of which only the intent is known.</summary>
    public async Task<(JournalEvent End, IReadOnlyList<FieldChange> Took)> LookAsync(int patronId, IReadOnlyList<FieldChange> fields, CancellationToken cancel)
    {
        try
        {
            if (await lookup.FetchAsync(patronId, cancel) is not { } json)
                return (JournalEvent.NotDone, []);
            // Somebody may have given a field a third value meanwhile: then ours is not there either.
            var took = Took(new PatronRecord(json), fields);
            return (took.Count > 0 ? JournalEvent.Done : JournalEvent.NotDone, took);
        }
        catch (KohaPatronException)
        {
            return (JournalEvent.Unknown, []);
        }
    }

    public void Dispose() => _turns.Dispose();

    private static bool EndsTheRun(Notice notice) =>
        notice.Category is NoticeCategory.PermissionDenied or NoticeCategory.AuthenticationError || notice.Code == "JournalNotWritten";

    /// <summary>Why the step must not be written, or null.</summary>
    public static StepResult? Against(PatronStep step, PatronRecord fresh)
    {
        if (fresh.IsHidden)
            return new StepResult(StepEnd.Conflict, "Koha hides this record's values; writing would blank them");
        if (!fresh.HasUser(step.UserId))
            return new StepResult(StepEnd.Conflict, $"patron {Text(fresh.PatronId)} has another user id in Koha: {fresh.UserId}");
        var all = step.Fields.Concat(step.Others);
        if (all.FirstOrDefault(change => fresh.CannotSplit(change.Field)) is { } broken)
            return new StepResult(StepEnd.Conflict, $"{PatronFields.InWords(broken.Field)} has a line break in Koha");
        if (all.FirstOrDefault(change => !fresh.Has(change.Field)) is { } unknown)
            return new StepResult(StepEnd.Conflict, $"this Koha has no field {unknown.Field}");
        if (step.Fields.All(change => FieldChange.Same(fresh[change.Field], change.Wanted)))
            return new StepResult(StepEnd.HadThem, "Koha had it already");
        return all.FirstOrDefault(change => !IsAsSeen(change, fresh[change.Field])) is { } moved
            ? new StepResult(StepEnd.Conflict, $"{PatronFields.InWords(moved.Field)} was changed in Koha since the plan")
            : null;
    }

    /// <summary>Whether a value is as the plan saw it, or as a run that stopped has left it.</summary>
    private static bool IsAsSeen(FieldChange change, string? value) =>
        FieldChange.Same(value, change.Seen) || FieldChange.Same(value, change.Wanted)
        || (AttributeValues.TypeOf(change.Field) is not null && AttributeValues.AreBetween(value, change.Seen, change.Wanted));

    private async Task<StepResult> TryAsync(PatronStep step, CancellationToken cancel)
    {
        if (await Reads.ReadAsync(step.PatronId, cancel) is not { } fresh)
            return new StepResult(StepEnd.Gone, "the patron is gone, or hidden from the key");
        if (!step.IsRescue && LeavesAlone?.Invoke(fresh) is { } why)
            return new StepResult(StepEnd.Conflict, why);
        return Against(step, fresh) ?? await SendAllAsync(step, fresh, cancel);
    }

    /// <summary>The step's requests, one after the other: each is in the journal by itself, for each is done or not done by itself.</summary>
    private async Task<StepResult> SendAllAsync(PatronStep step, PatronRecord fresh, CancellationToken cancel)
    {
        StepResult? last = null;
        foreach (var write in PatronWrite.Of(fresh, step.Fields))
        {
            var result = await SendAsync(step, fresh, write, isFirst: last is null, cancel);
            if (result.End != StepEnd.Done || result.Fault is not null)
                return last is null ? result : OnlyAPart(result);
            last = result;
        }

        return last!;
    }

    private async Task<StepResult> SendAsync(PatronStep step, PatronRecord fresh, PatronWrite write, bool isFirst, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        // Undo deletes whom the journal's runs made, unless somebody else has worked on the record: the time stamps tell.
        var isMade = journal.HasMade(fresh.PatronId);
        var line = new JournalLine(JournalEvent.Intent, default, 0, LineKind.Change, fresh.PatronId, fresh.UserId!, step.Circle, step.Then, write.Fields)
        {
            StampBefore = isMade && isFirst ? fresh.Stamp : null,
        };
        try
        {
            line = journal.Intend(line);
        }
        catch (KohaPatronException) when (step.IsRescue)
        {
            // A card that is out of place counts for more than the record of it.
        }

        var (end, took, refusal, wait) = await SendAsync(fresh.PatronId, write, cancel);
        var sent = end == JournalEvent.Done ? line with { Fields = took, Stamp = isMade ? await PatronMaker.StampAsync(lookup, fresh.PatronId, fresh.UserId!) : null } : line;
        try
        {
            journal.Close(sent, end);
            return Result(end, write.Fields, sent, refusal, wait);
        }
        catch (KohaPatronException e) when (e.Notice.Code == "JournalNotWritten")
        {
            return Result(end, write.Fields, sent, refusal, wait: null) with { Fault = step.IsRescue ? null : e };
        }
    }

    /// <summary>How a step ended after another one for the same patron was done.</summary>
    public static StepResult OnlyAPart(StepResult result) => result with { Why = $"only a part was written: {result.Why}" };

    private static StepResult Result(JournalEvent end, IReadOnlyList<FieldChange> fields, JournalLine sent, Notice? refusal, TimeSpan? wait)
    {
        return end switch
        {
            JournalEvent.Done when sent.Fields.Count == fields.Count => new StepResult(StepEnd.Done, null, sent),
            JournalEvent.Done => new StepResult(StepEnd.Failed, $"Koha took only a part: {string.Join(", ", sent.Fields.Select(change => change.Field))}", sent),
            // A token that died is renewed for the next try; the last one says that it is not the token.
            JournalEvent.NotDone or JournalEvent.Unknown when refusal is not null && EndsTheRun(refusal) =>
                wait is null ? throw new KohaPatronException(refusal) : new StepResult(StepEnd.Failed, Sentence(refusal)) { Wait = wait, Fault = new KohaPatronException(refusal) },
            JournalEvent.NotDone when refusal?.Code == "KohaConflict" => new StepResult(StepEnd.Conflict, Taken(fields)),
            JournalEvent.NotDone => new StepResult(StepEnd.Failed, refusal is null ? "Koha did not take it" : Sentence(refusal)) { Wait = wait },
            _ => new StepResult(StepEnd.Unknown, "nobody knows whether the write arrived; the next run with this journal asks Koha", sent),
        };
    }

    private static string Taken(IReadOnlyList<FieldChange> fields) => AttributeValues.TypeOf(fields[0].Field) is null
        ? "the new card belongs to somebody else"
        : $"{PatronFields.InWords(fields[0].Field)} is another patron's, or may stand only once";

    private async Task<(JournalEvent End, IReadOnlyList<FieldChange> Took, Notice? Refusal, TimeSpan? Wait)> SendAsync(int patronId, PatronWrite write, CancellationToken cancel)
    {
        // The write has been announced and its end must be known: a stop gives it a moment more.
        using var grace = new CancellationTokenSource();
        using var stop = cancel.Register(() => grace.CancelAfter(Grace));
        Notice? refusal;
        TimeSpan? wait = null;
        var isRefused = false;
        try
        {
            var answer = await http.SendAsync(write.Request with { GoesByARead = true }, grace.Token);
            if (answer.IsSuccess && write.Proves(answer))
                return (JournalEvent.Done, write.Fields, null, null);
            (refusal, wait) = (answer.IsSuccess ? null : http.Refusal(answer), answer.Wait);
            isRefused = answer.Status is 400 or 401 or 403 or 404 or 409 or 429;
        }
        catch (KohaPatronException e)
        {
            refusal = e.Notice;
        }
        catch (OperationCanceledException)
        {
            return (JournalEvent.Unknown, [], null, null);
        }

        // A lost, odd or server-side answer says nothing about what happened: the record does. A refusal may be that of
        // something in front of Koha which let the request pass; then all of it is there.
        var (end, held) = await LookAsync(patronId, write.Fields, CancellationToken.None);
        if (end == JournalEvent.Done && isRefused && held.Count < write.Fields.Count)
            end = JournalEvent.NotDone;
        // What timed out may still be on its way.
        if (end == JournalEvent.NotDone && refusal?.Code == "KohaTimedOut")
            end = JournalEvent.Unknown;
        return (end, held, refusal, end == JournalEvent.NotDone ? wait : null);
    }

    private static List<FieldChange> Took(PatronRecord record, IReadOnlyList<FieldChange> fields) =>
        [.. fields.Where(change => record.Has(change.Field) && FieldChange.Same(record[change.Field], change.Wanted))];

    /// <summary>A notice as the reason of a result.</summary>
    public static string Sentence(Notice notice) => notice.Text.TrimEnd('.');

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
