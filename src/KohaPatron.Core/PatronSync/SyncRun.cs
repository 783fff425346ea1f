using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Undo;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.PatronSync;

/// <summary>What a run is allowed, and whom it talks to.</summary>
/// <param name="JournalPath">The file with the record of every write.</param>
/// <param name="Brake">How much may change.</param>
/// <param name="IsWhatIf">Whether the lines are only shown: then nothing is written anywhere.</param>
/// <param name="Confirm">Asks whether a line is to be carried out.</param>
/// <param name="Report">Told how each line ended, in the order of the lines.</param>
/// <param name="Tell">Told what else is to be known.</param>
internal sealed record SyncTerms(string JournalPath, ChangeBrake Brake, bool IsWhatIf, Func<PatronLine, bool> Confirm, Action<SyncResult> Report, Action<Notice> Tell)
{
    /// <summary>Whether a patron is made although one with the same name and date of birth is there.</summary>
    public bool EvenIfAlike { get; init; }

    /// <summary>Why a patron, as it is right before the write, is to be left alone whatever a plan says; null: it is not.</summary>
    public Func<PatronRecord, string?>? LeavesAlone { get; init; }
}

/// <summary>How a line of a run ended.</summary>
/// <param name="Place">Where it stood among the lines.</param>
/// <param name="Line">The line.</param>
/// <param name="End">How it ended.</param>
/// <param name="Message">The reason, without card numbers.</param>
/// <param name="PatronId">Koha's number of the patron; null where there is none.</param>
internal readonly record struct SyncResult(int Place, PatronLine Line, LineEnd End, string? Message, int? PatronId);

/// <summary>
/// The one way in which patrons are changed: look for what a killed run left, check the plan and the brake over all of it,
/// settle what is open, carry out, and say who is left with a temporary number.
/// </summary>
internal sealed class SyncRun(KohaConnection koha, string universalIdAttribute, SyncTerms terms)
{
    private readonly string _apiRoot = ApiRoot.Of(koha.ApiRoot);
    private readonly PatronLookup _lookup = new(koha.Http, universalIdAttribute, PatronLookup.DefaultBatchSize);

    /// <summary>Carries lines out.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="people">Among how many people they were found, for the brake.</param>
    /// <param name="cancel">Stops it; a circle that is under way is put back first.</param>
    /// <exception cref="KohaPatronException">What stands in the way of the run as a whole.</exception>
    public async Task ApplyAsync(IReadOnlyList<PatronLine> lines, int people, CancellationToken cancel)
    {
        PlanCheck.Check(lines, _apiRoot, isUndo: false);
        using var journal = Open(mustExist: false);
        await RunAsync(journal, () => (lines, people), looks: false, cancel);
    }

    /// <summary>Takes back what the runs of the journal did. Only here may a value be cleared, or a patron be deleted.</summary>
    /// <param name="onlyCards">Whether only the fields of card numbers go back, and nobody is deleted.</param>
    /// <param name="cancel">Stops it; a circle that is under way is put back first.</param>
    /// <inheritdoc cref="ApplyAsync" path="/exception"/>
    public async Task UndoAsync(bool onlyCards, CancellationToken cancel)
    {
        using var journal = Open(mustExist: true);
        await RunAsync(
            journal,
            () =>
            {
                var lines = UndoPlan.Of(journal.Ends, _apiRoot, onlyCards);
                PlanCheck.Check(lines, _apiRoot, isUndo: true);
                return (lines, lines.Count);
            },
            looks: true,
            cancel);
    }

    /// <summary>The journal, looked through before it is touched, and not touched at all where nothing is to be written.</summary>
    private SyncJournal Open(bool mustExist)
    {
        var read = SyncJournal.Peek(terms.JournalPath, _apiRoot, mustExist);
        return terms.IsWhatIf ? read : SyncJournal.Hold(terms.JournalPath, _apiRoot);
    }

    private async Task RunAsync(SyncJournal journal, Func<(IReadOnlyList<PatronLine> Lines, int People)> plan, bool looks, CancellationToken cancel)
    {
        using var writer = new PatronWriter(koha.Http, _lookup, journal) { LeavesAlone = terms.LeavesAlone };
        var temporary = new TemporaryHolders(_lookup, writer, journal, terms.Tell);
        var holders = (await temporary.FindAsync(cancel)).ToDictionary(holder => holder.PatronId);
        try
        {
            var unsettled = await OpenWrites.SettleAsync(journal, writer, _lookup, cancel);
            var (lines, people) = plan();
            var tooMany = terms.Brake.Against(lines, people);
            if (terms.IsWhatIf)
            {
                await ShowAsync(lines, looks, cancel);
                if (tooMany is not null)
                    terms.Tell(tooMany with { Level = NoticeLevel.Warning });
            }
            else if (tooMany is not null)
            {
                throw new KohaPatronException(tooMany);
            }
            else if (koha.CanWrite)
            {
                await WriteAsync(Apply(journal, writer, unsettled), lines, temporary, holders, cancel);
            }
            else if (lines.Count > 0)
            {
                throw new KohaPatronException(CardSyncNotices.ReadOnlyKey());
            }
        }
        finally
        {
            TemporaryHolders.Report(holders.Values, "a run that swapped cards was stopped, and this one changed nothing about it", terms.Tell);
        }
    }

    private PatronApply Apply(SyncJournal journal, PatronWriter writer, IReadOnlyCollection<int> unsettled)
    {
        var making = new PatronMaking(new PatronMaker(koha.Http, _lookup, journal, terms.EvenIfAlike), new NewPatronCheck(_lookup), journal);
        return new PatronApply(writer, making, new PatronRemover(koha.Http, _lookup, journal, koha.User, terms.LeavesAlone), unsettled, koha.Http.ThrottleLimit, terms.Tell);
    }

    /// <summary>Carries lines out; whoever holds a temporary number and gets no card by them is healed, and is a holder no more.</summary>
    private async Task WriteAsync(PatronApply apply, IReadOnlyList<PatronLine> lines, TemporaryHolders temporary, Dictionary<int, PatronRecord> holders, CancellationToken cancel)
    {
        var planned = new HashSet<int>(lines.Select(line => line.PatronId).OfType<int>());
        await HealAsync([.. holders.Values.Where(holder => !planned.Contains(holder.PatronId))]);

        var places = lines.Select((line, place) => (line, place)).ToDictionary(each => each.line, each => each.place, LineComparer.One);
        var results = new InputOrder<SyncResult>(terms.Report);
        try
        {
            var free = await WithoutNamesakesAsync(lines, Report, cancel);
            await apply.RunAsync(free, terms.Confirm, Report, cancel);
        }
        finally
        {
            results.Flush();
        }

        await HealAsync([.. holders.Values]);

        void Report(PatronLine line, LineResult result)
        {
            if (result.End is LineEnd.Updated)
            {
                lock (holders)
                    holders.Remove(line.PatronId!.Value);
            }

            results.Add(places[line], new SyncResult(places[line], line, result.End, result.Why, result.PatronId ?? line.PatronId));
        }

        async Task HealAsync(IReadOnlyList<PatronRecord> these)
        {
            foreach (var holder in these)
            {
                await temporary.HealAsync(holder, cancel);
                holders.Remove(holder.PatronId);
            }
        }
    }

    /// <summary>The lines whose card is nobody else's user id: Koha would take it, and logs in by both.</summary>
    private async Task<IReadOnlyList<PatronLine>> WithoutNamesakesAsync(IReadOnlyList<PatronLine> lines, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        var cards = lines.Select(line => line.Of(PatronFields.CardNumber)?.Wanted).OfType<string>().Where(card => card.Length > 0).ToList();
        var owners = (await _lookup.FetchAsync(PatronKey.UserId, cards, cancel)).ToLookup(found => CollationKey.Of(found.Value), found => found.PatronId, StringComparer.Ordinal);
        var free = new List<PatronLine>();
        foreach (var line in lines)
        {
            if (line.Of(PatronFields.CardNumber)?.Wanted is { Length: > 0 } card && owners[CollationKey.Of(card)].Any(owner => owner != line.PatronId))
                report(line, new LineResult(LineEnd.Conflict, "the new card is another patron's user id"));
            else
                free.Add(line);
        }

        return free;
    }

    /// <summary>Shows lines that are not carried out.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="looks">Whether to ask Koha which of them could be: a plan was just made of what Koha has, a journal may be old.</param>
    /// <param name="cancel">Stops it.</param>
    private async Task ShowAsync(IReadOnlyList<PatronLine> lines, bool looks, CancellationToken cancel)
    {
        var now = new Dictionary<int, PatronRecord>();
        if (looks)
        {
            foreach (var (_, json) in await _lookup.FetchAsync(PatronKey.PatronId, [.. lines.Select(line => line.PatronId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))], cancel))
                now[Patron.IdOf(json)!.Value] = new PatronRecord(json);
        }

        for (var place = 0; place < lines.Count; place++)
        {
            var line = lines[place];
            var (end, why) = looks ? Foreseen(line, now.TryGetValue(line.PatronId!.Value, out var record) ? record : null) : (LineEnd.Planned, null);
            if (end == LineEnd.Planned)
                terms.Confirm(line);
            terms.Report(new SyncResult(place, line, end, why, line.PatronId));
        }
    }

    private (LineEnd End, string? Why) Foreseen(PatronLine line, PatronRecord? now)
    {
        if (now is null)
            return (LineEnd.Missing, "the patron is gone, or hidden from the key");
        var against = terms.LeavesAlone?.Invoke(now) is { } alone ? alone : line.Kind == LineKind.Delete ? PatronRemover.Against(line, now) : PatronWriter.Against(PatronStep.Of(line), now) is { } result ? result.Why : null;
        return against is null ? (LineEnd.Planned, null) : (LineEnd.Conflict, against);
    }
}
