using CsCheck;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>What holds of whole records whatever they are and whatever goes wrong: new, changed, protected, leaving, with attributes and circles of cards.</summary>
public sealed class RecordPropertyTests
{
    private static readonly string[] Touched = ["cardnumber", "category_id", "expiry_date", "surname", "firstname", "preferred_name", "email", "phone", "statistics_2", KohaState.Attributes];

    private static readonly int[] Statuses = [401, 403, 429, 500, 503];

    [Fact]
    public async Task After_a_run_nothing_is_left_to_do_nothing_else_is_touched_and_undo_gives_the_first_state()
    {
        foreach (var version in new[] { KohaVersion.V2305, KohaVersion.V2506 })
        {
            await using var room = await RecordRoom.OpenAsync(version);
            await Gen.Int.SampleAsync(
                async seed =>
                {
                    room.Fill(seed);
                    var (before, untouched) = (room.State(), Untouched(room));
                    var results = await room.UpdateAsync();
                    Assert.All(results.Values, end => Assert.Contains(end, (string[])["Updated", "Created"]));
                    Assert.Empty(room.Cards.Parked());
                    Assert.Equal(untouched, Untouched(room));
                    Assert.DoesNotContain(await room.CompareAsync(), change => change.Status is PatronChangeStatus.New or PatronChangeStatus.Change);
                    Assert.DoesNotContain(await room.CompareLeaversAsync(), change => RecordLines.Leaver(change, "2026-03-31") is not null);
                    Assert.All((await room.Cards.UndoAsync()).Values, end => Assert.Contains(end, (string[])["Updated", "Deleted"]));
                    Assert.Equal(before, room.State());
                    Assert.Empty(await room.Cards.UndoAsync());
                },
                iter: 20,
                threads: 1);
        }
    }

    /// <summary>The server fails once or goes down, or the process is killed, at any request of a run and of its undo, before or after its effect; then the same command again.</summary>
    [Fact]
    public async Task Whatever_fails_at_whichever_request_a_rerun_ends_in_the_same_state()
    {
        var kinds = Gen.Enum<FaultKind>().Where(kind => kind is not (FaultKind.Stall or FaultKind.Late or FaultKind.Odd));
        var faults = Gen.Select(kinds, Gen.Int[0, Statuses.Length - 1].Select(i => Statuses[i]), Gen.Int[1, 60], Gen.Bool, Gen.Enum<Outage>());
        foreach (var version in new[] { KohaVersion.V2305, KohaVersion.V2506 })
        {
            await using var room = await RecordRoom.OpenAsync(version);
            await Gen.Select(Gen.Int, faults, faults).SampleAsync((seed, run, undo) => ConvergesAsync(room, seed, run, undo), iter: 30, threads: 1);
        }
    }

    /// <summary>What timed out may still take its effect.</summary>
    [Fact]
    public async Task A_request_without_an_answer_in_time_is_settled_by_the_rerun()
    {
        await using var room = await RecordRoom.OpenAsync(timeout: TimeSpan.FromMilliseconds(500));
        var faults = Gen.Select(Gen.Const(FaultKind.Stall), Gen.Const(0), Gen.Int[6, 30], Gen.Bool, Gen.Const(Outage.Once));
        await Gen.Select(Gen.Int, faults, faults).SampleAsync((seed, run, undo) => ConvergesAsync(room, seed, run, undo), iter: 4, threads: 1);
    }

    private static async Task ConvergesAsync(RecordRoom room, int seed, (FaultKind, int, int, bool, Outage) ofRun, (FaultKind, int, int, bool, Outage) ofUndo)
    {
        room.Fill(seed);
        var before = room.State();
        await room.UpdateAsync();
        var wanted = room.State();

        room.Fill(seed);
        var plan = new List<PatronChange>([.. await room.CompareAsync(), .. await room.CompareLeaversAsync()]);
        await FailsAsync(room, ofRun, () => room.ApplyAsync(plan));
        // The saved plan goes on where it stopped.
        await room.ApplyAsync(plan);
        Assert.Equal(wanted, room.State());
        await FailsAsync(room, ofUndo, () => room.Cards.UndoAsync());
        await room.Cards.UndoAsync();
        Assert.Equal(before, room.State());
    }

    /// <summary>How long a fault lasts.</summary>
    private enum Outage
    {
        Once,
        FromThenOn,
        WithAKill,
    }

    private static async Task FailsAsync(RecordRoom room, (FaultKind Kind, int Status, int Nth, bool AfterEffect, Outage Outage) at, Func<Task> run)
    {
        var (length, journal) = (-1L, room.Cards.Journal);
        var fault = new Fault(at.Kind) { Nth = at.Nth, AfterEffect = at.AfterEffect, Status = at.Status };
        room.Cards.Koha.Faults.Clear();
        room.Cards.Koha.Faults.Add(fault with { Meanwhile = () => Interlocked.CompareExchange(ref length, File.Exists(journal) ? new FileInfo(journal).Length : 0, -1) });
        if (at.Outage != Outage.Once)
            room.Cards.Koha.Faults.Add(fault with { Nth = at.Nth + 1, AndLater = true, AfterEffect = false });
        await TriedAsync(run);
        if (at.Outage == Outage.WithAKill && length >= 0)
            Cut(journal, length);
        room.Cards.Koha.Faults.Clear();
    }

    private static string Untouched(RecordRoom room) =>
        string.Join("\n", room.State(field => field is "userid" || !Touched.Contains(field)).Split('\n').Where(patron => !patron.Contains("\"new", StringComparison.Ordinal)));

    /// <summary>What a killed process leaves of its journal.</summary>
    private static void Cut(string journal, long length)
    {
        if (!File.Exists(journal))
            return;
        using var file = new FileStream(journal, FileMode.Open);
        file.SetLength(Math.Min(length, file.Length));
    }

    private static async Task TriedAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (KohaPatronException)
        {
            // What ended the run is told elsewhere; here its effects count.
        }
    }
}
