using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Plan;

namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>
/// Carries lines out: chains and circles of cards in their order, whatever is independent at the same time, the patrons of
/// the next few writes read together.
/// </summary>
/// <param name="writer">Writes a patron.</param>
/// <param name="making">Makes patrons.</param>
/// <param name="remover">Takes patrons away.</param>
/// <param name="unsettled">The patrons to leave alone, because nobody knows how an earlier write ended.</param>
/// <param name="throttleLimit">How many writes may be under way at once.</param>
/// <param name="tell">Told what else is to be known.</param>
internal sealed class PatronApply(PatronWriter writer, PatronMaking making, PatronRemover remover, IReadOnlyCollection<int> unsettled, int throttleLimit, Action<Notice> tell)
{
    // So many writes follow one read together: few enough that the last of them still goes by a fresh read.
    private const int WritesPerTurn = 4;

    private readonly CircleWriter _circles = new(writer, tell);

    /// <param name="lines">The lines.</param>
    /// <param name="confirm">Asks whether a line is to be carried out.</param>
    /// <param name="report">Told how each line ended, in any order.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="KohaPatronException">The key may not, or the journal cannot be written: the run is over.</exception>
    public async Task RunAsync(IReadOnlyList<PatronLine> lines, Func<PatronLine, bool> confirm, Action<PatronLine, LineEnd, string?> report, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        foreach (var turn in Turns(WriteOrder.Groups(lines)))
        {
            cancel.ThrowIfCancellationRequested();
            var wanted = turn.Select(group => Confirmed(group, confirm, report)).Where(group => group.Lines.Count > 0).ToList();
            var ofTurn = wanted.SelectMany(group => group.Lines).ToLookup(line => line.Kind);
            await writer.Reads.AheadAsync([.. ofTurn[LineKind.Change].Select(line => line.PatronId!.Value)], cancel);
            await making.CheckAsync([.. ofTurn[LineKind.Create]], cancel);
            await AllAsync([.. wanted.Select(group => RunAsync(group, report, stop))]);
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
    private static WriteGroup Confirmed(WriteGroup group, Func<PatronLine, bool> confirm, Action<PatronLine, LineEnd, string?> report)
    {
        var wanted = group.Lines.Where(confirm).ToList();
        if (group.IsCircle && wanted.Count < group.Lines.Count)
            wanted = [];
        foreach (var line in group.Lines.Except(wanted))
            report(line, LineEnd.Skipped, null);
        return group with { Lines = wanted };
    }

    private async Task RunAsync(WriteGroup group, Action<PatronLine, LineEnd, string?> report, CancellationTokenSource stop)
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
    }

    private async Task RunChainAsync(WriteGroup chain, Action<PatronLine, LineEnd, string?> report, CancellationToken cancel)
    {
        foreach (var line in chain.Lines)
        {
            cancel.ThrowIfCancellationRequested();
            switch (line.Kind)
            {
                case LineKind.Create:
                    var (made, whyNot) = await writer.InTurnAsync(() => making.MakeAsync(line, cancel), cancel);
                    report(line, made, whyNot);
                    break;
                case LineKind.Delete:
                    var (deleted, whyStays) = await writer.InTurnAsync(() => remover.RemoveAsync(line, cancel), cancel);
                    report(line, deleted, whyStays);
                    break;
                default:
                    await WriteAsync(line, PatronStep.Of(line), report, cancel);
                    break;
            }
        }
    }

    private async Task WriteAsync(PatronLine line, PatronStep step, Action<PatronLine, LineEnd, string?> report, CancellationToken cancel)
    {
        var result = IsUnsettled(line) ? Unsettled : await writer.WriteAsync(step, cancel);
        report(line, AsEnd(result.End), result.Why);
        if (result.Fault is not null)
            throw result.Fault;
    }

    private async Task RunCircleAsync(WriteGroup circle, Action<PatronLine, LineEnd, string?> report, CancellationToken cancel)
    {
        // Of a circle nobody is told before it has closed.
        var failure = circle.Lines.FirstOrDefault(IsUnsettled) is { } open ? new CircleFailure(open, Unsettled, []) : await _circles.WriteAsync(circle, cancel);
        foreach (var line in circle.Lines)
        {
            if (failure is null && PatronStep.OfAttributes(line) is { } attributes)
                await WriteAsync(line, attributes, report, cancel);
            else if (failure is null)
                report(line, LineEnd.Updated, null);
            else if (failure.NotPutBack.Contains(line.PatronId!.Value))
                report(line, LineEnd.Failed, $"the card could not be put back after the swap with {failure.Line.UserId} failed");
            else if (line == failure.Line)
                report(line, AsEnd(failure.Result.End), failure.Result.Why);
            else
                report(line, LineEnd.Conflict, $"put back as it was: the swap with {failure.Line.UserId} could not be made");
        }
    }

    private bool IsUnsettled(PatronLine line) => unsettled.Contains(line.PatronId!.Value);

    private static StepResult Unsettled { get; } = new(StepEnd.Failed, "an earlier write has not been settled; it is left alone in this run");

    private static LineEnd AsEnd(StepEnd end) => end switch
    {
        StepEnd.Done => LineEnd.Updated,
        StepEnd.HadThem => LineEnd.Unchanged,
        StepEnd.Conflict => LineEnd.Conflict,
        StepEnd.Gone => LineEnd.Missing,
        _ => LineEnd.Failed,
    };
}

/// <summary>How a line of a plan ended.</summary>
internal enum LineEnd
{
    Created,
    Updated,
    Deleted,
    Unchanged,
    Missing,
    Conflict,
    Failed,
    Skipped,

    /// <summary>Only shown.</summary>
    Planned,
}
