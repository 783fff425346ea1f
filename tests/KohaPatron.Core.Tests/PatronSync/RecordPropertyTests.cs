using CsCheck;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>What holds of whole records whatever they are and whatever goes wrong: new, changed, protected, with attributes and circles of cards.</summary>
public sealed class RecordPropertyTests
{
    private static readonly string[] Touched = ["cardnumber", "category_id", "expiry_date", "surname", "firstname", "preferred_name", "email", "phone", "statistics_2", KohaState.Attributes];

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
                    var plan = await room.CompareAsync();
                    var results = await room.ApplyAsync(plan);
                    Assert.All(results.Values, end => Assert.Contains(end, (string[])["Updated", "Created"]));
                    Assert.Empty(room.Cards.Parked());
                    Assert.Equal(untouched, Untouched(room));
                    Assert.DoesNotContain(await room.CompareAsync(), change => change.Status is PatronChangeStatus.New or PatronChangeStatus.Change);
                    Assert.All((await room.Cards.UndoAsync()).Values, end => Assert.Contains(end, (string[])["Updated", "Deleted"]));
                    Assert.Equal(before, room.State());
                    Assert.Empty(await room.Cards.UndoAsync());
                },
                iter: 20,
                threads: 1);
        }
    }

    /// <summary>The server fails once or goes down, or the process is killed, at any request, before or after its effect; then the same command again.</summary>
    [Fact]
    public async Task Whatever_fails_at_whichever_request_a_rerun_ends_in_the_same_state()
    {
        await using var room = await RecordRoom.OpenAsync();
        await Gen.Select(Gen.Int, Gen.Int[1, 60], Gen.Enum<FaultKind>().Where(kind => kind is not (FaultKind.Stall or FaultKind.Late or FaultKind.Odd)), Gen.Bool, Gen.Int[0, 2]).SampleAsync(
            async (seed, nth, kind, afterEffect, what) =>
            {
                room.Fill(seed);
                var before = room.State();
                await room.UpdateAsync();
                var wanted = room.State();

                room.Fill(seed);
                var plan = await room.CompareAsync();
                room.Cards.Koha.Faults.Clear();
                var length = -1L;
                var fault = new Fault(kind) { Nth = nth, AfterEffect = afterEffect, Status = 503 };
                room.Cards.Koha.Faults.Add(fault with { Meanwhile = () => Interlocked.CompareExchange(ref length, File.Exists(room.Cards.Journal) ? new FileInfo(room.Cards.Journal).Length : 0, -1) });
                if (what > 0)
                    room.Cards.Koha.Faults.Add(fault with { Nth = nth + 1, AndLater = true, AfterEffect = false });
                await TriedAsync(() => room.ApplyAsync(plan));
                if (what == 2 && length >= 0)
                    Cut(room.Cards.Journal, length);

                room.Cards.Koha.Faults.Clear();
                // The saved plan goes on where it stopped; what it cannot any more, a new one does.
                await room.ApplyAsync(plan);
                await room.UpdateAsync();
                Assert.Equal(wanted, room.State());
                await room.Cards.UndoAsync();
                Assert.Equal(before, room.State());
            },
            iter: 60,
            threads: 1);
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
