using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Carries lines out: chains and circles of cards in their order, whatever is independent at the same time. The patrons of
/// the next few writes are read together while the last few are still being written, so that no writer waits for a read.
/// </summary>
/// <remarks>
/// Each write goes by a read that is younger than a second, and nothing is written whose fields, or whose user id, were not as
/// the plan saw them in that read. Between the two stand at most the writes of a turn and those in line before it: some six
/// answers of Koha, where a read alone for each write would leave one. Attributes, of which Koha takes a value as often as it
/// is sent, go by a read of their own.
/// </remarks>
/// <param name="writer">Writes a patron.</param>
/// <param name="making">Makes patrons.</param>
/// <param name="remover">Takes patrons away.</param>
/// <param name="unsettled">The patrons to leave alone, because nobody knows how an earlier write ended.</param>
/// <param name="throttleLimit">How many writes may be under way at once.</param>
/// <param name="tell">Told what else is to be known.</param>
internal sealed class PatronApply(PatronWriter writer, PatronMaking making, PatronRemover remover, IReadOnlyCollection<int> unsettled, int throttleLimit, Action<Notice> tell)
{
    // So many writes for each that may be under way follow one read together: few enough that the last still goes by a fresh one.
    private const int WritesPerTurn = 4;

    private readonly CircleWriter _circles = new(writer, tell);
    private volatile bool _isGivenUp;

    /// <param name="lines">The lines.</param>
    /// <param name="confirm">Asks whether a line is to be carried out.</param>
    /// <param name="report">Told how each line ended, in any order.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="KohaPatronException">The key may not, the journal cannot be written, or Koha answers no more: the run is over.</exception>
    public async Task RunAsync(IReadOnlyList<PatronLine> lines, Func<PatronLine, bool> confirm, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        var done = 0;
        try
        {
            await RunAllAsync(lines, confirm, Count, cancel);
        }
        catch (OperationCanceledException) when (_isGivenUp && !cancel.IsCancellationRequested)
        {
            throw new KohaPatronException(CardSyncNotices.KohaDown(done, lines.Count - done));
        }

        void Count(PatronLine line, LineResult result)
        {
            if (result.End != LineEnd.Failed)
                Interlocked.Increment(ref done);
            report(line, result);
        }
    }

    private async Task RunAllAsync(IReadOnlyList<PatronLine> lines, Func<PatronLine, bool> confirm, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // As many as are under way, and as many next in line while a read is.
        using var room = new SemaphoreSlim(throttleLimit * 2);
        var begun = new List<Task>();
        try
        {
            foreach (var turn in Turns(WriteOrder.Groups(lines)))
            {
                stop.Token.ThrowIfCancellationRequested();
                begun.RemoveAll(group => group.Status == TaskStatus.RanToCompletion);
                var wanted = turn.Select(group => Confirmed(group, confirm, report)).Where(group => group.Lines.Count > 0).ToList();
                var ofTurn = wanted.SelectMany(group => group.Lines).ToLookup(line => line.Kind);
                await writer.Reads.AheadAsync([.. ofTurn[LineKind.Change].Where(PatronStep.TouchesRecord).Select(line => line.PatronId!.Value)], stop.Token);
                await making.CheckAsync([.. ofTurn[LineKind.Create]], stop.Token);
                foreach (var group in wanted)
                {
                    await room.WaitAsync(stop.Token);
                    begun.Add(RunAsync(group, room, report, stop));
                }
            }
        }
        finally
        {
            // Nobody leaves while something is being written; and what ended a write is what ended the run.
            await AllAsync(begun);
        }
    }

    /// <summary>Waits for all, and throws what ended the run rather than that the others were stopped by it.</summary>
    private static async Task AllAsync(IReadOnlyCollection<Task> groups)
    {
        try
        {
            await Task.WhenAll(groups);
        }
        catch (OperationCanceledException) when (groups.FirstOrDefault(group => group.IsFaulted) is { } faulted)
        {
            await faulted;
            throw;
        }
    }

    private IEnumerable<List<WriteGroup>> Turns(IReadOnlyList<WriteGroup> groups)
    {
        var turn = new List<WriteGroup>();
        var size = 0;
        foreach (var group in groups)
        {
            if (turn.Count > 0 && size + group.Lines.Count > throttleLimit * WritesPerTurn)
            {
                yield return turn;
                (turn, size) = ([], 0);
            }

            turn.Add(group);
            size += group.Lines.Count;
        }

        if (turn.Count > 0)
            yield return turn;
    }

    /// <summary>The group without those whom the user does not want changed; a circle cannot close without one of its members.</summary>
    private static WriteGroup Confirmed(WriteGroup group, Func<PatronLine, bool> confirm, Action<PatronLine, LineResult> report)
    {
        var wanted = group.Lines.Where(confirm).ToList();
        if (group.IsCircle && wanted.Count < group.Lines.Count)
            wanted = [];
        foreach (var line in group.Lines.Except(wanted))
            report(line, new LineResult(LineEnd.Skipped));
        return group with { Lines = wanted };
    }

    private async Task RunAsync(WriteGroup group, SemaphoreSlim room, Action<PatronLine, LineResult> report, CancellationTokenSource stop)
    {
        try
        {
            if (group.IsCircle)
                await RunCircleAsync(group, report, stop.Token);
            else
                await RunChainAsync(group, report, stop.Token);
        }
        catch (KohaPatronException)
        {
            // The others need not try either.
            stop.Cancel();
            throw;
        }
        finally
        {
            if (writer.IsKohaDown)
            {
                _isGivenUp = true;
                stop.Cancel();
            }

            room.Release();
        }
    }

    private async Task RunChainAsync(WriteGroup chain, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        foreach (var line in chain.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            switch (line.Kind)
            {
                case LineKind.Create:
                    report(line, await writer.InTurnAsync(() => making.MakeAsync(line, cancel), cancel));
                    break;
                case LineKind.Delete:
                    report(line, IsUnsettled(line) ? AsLine(Unsettled) : await writer.InTurnAsync(() => remover.RemoveAsync(line, cancel), cancel));
                    break;
                default:
                    await WriteAsync(line, report, cancel);
                    break;
            }
        }
    }

    private async Task WriteAsync(PatronLine line, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        var record = IsUnsettled(line) ? Unsettled : PatronStep.TouchesRecord(line) ? await writer.WriteAsync(PatronStep.OfRecord(line), cancel) : Nothing;
        await WriteAttributesAsync(line, record, report, cancel);
    }

    /// <summary>The attributes after the record, by a read of their own: Koha takes a value as often as it is sent.</summary>
    private async Task WriteAttributesAsync(PatronLine line, StepResult record, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        var result = record;
        if (record is { End: StepEnd.Done or StepEnd.HadThem, Fault: null } && PatronStep.OfAttributes(line) is { } step)
        {
            var attributes = await writer.WriteAsync(step, cancel);
            result = record.End == StepEnd.HadThem ? attributes
                : attributes.End is StepEnd.Done or StepEnd.HadThem ? record with { Fault = attributes.Fault }
                : PatronWriter.OnlyAPart(attributes);
        }

        report(line, AsLine(result));
        if (result.Fault is not null)
            throw result.Fault;
    }

    private async Task RunCircleAsync(WriteGroup circle, Action<PatronLine, LineResult> report, CancellationToken cancel)
    {
        // Of a circle nobody is told before it has closed.
        var failure = circle.Lines.FirstOrDefault(IsUnsettled) is { } open ? new CircleFailure(open, Unsettled, []) : await _circles.WriteAsync(circle, cancel);
        if (failure is { Result.End: StepEnd.Conflict, NotPutBack.Count: 0 } && await _circles.IsClosedAsync(circle, cancel))
        {
            await RunChainAsync(circle, report, cancel);
            return;
        }

        foreach (var line in circle.Lines)
        {
            if (failure is null)
                await WriteAttributesAsync(line, Written, report, cancel);
            else if (failure.NotPutBack.Contains(line.PatronId!.Value))
                report(line, new LineResult(LineEnd.Failed, $"the card could not be put back after the swap with {failure.Line.UserId} failed"));
            else if (line == failure.Line)
                report(line, AsLine(failure.Result));
            else
                report(line, new LineResult(LineEnd.Conflict, $"put back as it was: the swap with {failure.Line.UserId} could not be made"));
        }
    }

    private bool IsUnsettled(PatronLine line) => unsettled.Contains(line.PatronId!.Value);

    private static StepResult Written { get; } = new(StepEnd.Done);

    private static StepResult Nothing { get; } = new(StepEnd.HadThem);

    private static StepResult Unsettled { get; } = new(StepEnd.Failed, "an earlier write has not been settled; it is left alone in this run");

    private static LineResult AsLine(StepResult result) => new(
        result.End switch
        {
            StepEnd.Done => LineEnd.Updated,
            StepEnd.HadThem => LineEnd.Unchanged,
            StepEnd.Conflict => LineEnd.Conflict,
            StepEnd.Gone => LineEnd.Missing,
            _ => LineEnd.Failed,
        },
        result.Why);
}
