using CsCheck;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>What holds whatever the cards are and whatever goes wrong: over random reports with circles, chains, names and outsiders.</summary>
public sealed class SyncPropertyTests
{
    private const int Outsiders = 2;

    /// <summary>Who holds which card now, and which the report gives: user i holds card 11 + i or none; some cards are outsiders', some new.</summary>
    private static readonly Gen<(bool[] Holds, int[] Wants, bool Names)> Case =
        Gen.Select(Gen.Bool.Array[6], Gen.Shuffle(Enumerable.Range(0, 9).ToArray()), Gen.Bool);

    private static (string User, string? Card)[] Patrons(bool[] holds) =>
        [.. holds.Select((has, i) => ($"user{i}", has || i < 3 ? $"{11 + i}" : null)), .. Enumerable.Range(0, Outsiders).Select(i => ($"outsider{i}", (string?)$"{17 + i}"))];

    private static (string User, string Card)[] Report(int[] wants) => [.. wants.Take(6).Select((card, i) => ($"user{i}", $"{11 + card}"))];

    [Fact]
    public async Task After_a_run_nothing_is_left_to_do_and_undo_gives_the_first_state_field_by_field()
    {
        foreach (var version in new[] { KohaVersion.V2305, KohaVersion.V2506 })
        {
            await using var room = await CardRoom.OpenAsync(version);
            await Case.SampleAsync(
                async at =>
                {
                    room.Fill(Patrons(at.Holds));
                    var before = room.State();
                    var newName = at.Names ? "Other" : null;
                    var results = await room.UpdateAsync(Report(at.Wants), newName);
                    Assert.All(results.Values, end => Assert.Equal("Updated", end));
                    Assert.Empty(room.Parked());
                    Assert.DoesNotContain(await room.CompareAsync(Report(at.Wants), newName), change => change.Status == ProxChangeStatus.Change);
                    await room.UndoAsync();
                    Assert.Equal(before, room.State());
                    Assert.Empty(await room.UndoAsync());
                },
                iter: 12,
                threads: 1);
        }
    }

    /// <summary>The server fails once or goes down, or the process is killed, at any request, before or after its effect; then the same command again.</summary>
    [Fact]
    public async Task Whatever_fails_at_whichever_request_a_rerun_ends_in_the_same_state()
    {
        await using var room = await CardRoom.OpenAsync();
        await Gen.Select(Case, Gen.Int[1, 24], Gen.Enum<FaultKind>().Where(kind => kind is not (FaultKind.Stall or FaultKind.Late or FaultKind.Odd)), Gen.Bool, Gen.Int[0, 2]).SampleAsync(
            async (at, nth, kind, afterEffect, what) =>
            {
                room.Fill(Patrons(at.Holds));
                var before = room.State();
                await room.UpdateAsync(Report(at.Wants));
                var wanted = room.State();

                room.Fill(Patrons(at.Holds));
                var length = -1L;
                var fault = new Fault(kind) { Nth = nth, AfterEffect = afterEffect, Status = 503 };
                room.Koha.Faults.Add(fault with { Meanwhile = () => Interlocked.CompareExchange(ref length, File.Exists(room.Journal) ? new FileInfo(room.Journal).Length : 0, -1) });
                // A server that went down, or a process that was killed, does nothing more.
                if (what > 0)
                    room.Koha.Faults.Add(fault with { Nth = nth + 1, AndLater = true, AfterEffect = false });
                await TriedAsync(() => room.UpdateAsync(Report(at.Wants)));
                if (what < 2)
                    Assert.All(room.Parked(), user => Assert.Contains(room.Told, notice => notice.Code == "TemporaryCardLeft" && Equals(notice.Target, user)));
                else if (length >= 0)
                    Cut(room.Journal, length);

                room.Koha.Faults.Clear();
                await room.UpdateAsync(Report(at.Wants));
                // A second time, for a swap that was put back is planned again.
                await room.UpdateAsync(Report(at.Wants));
                Assert.Equal(wanted, room.State());
                await room.UndoAsync();
                Assert.Equal(before, room.State());
            },
            iter: 60,
            threads: 1);
    }

    /// <summary>What a killed process leaves of its journal.</summary>
    private static void Cut(string journal, long length)
    {
        if (!File.Exists(journal))
            return;
        using var file = new FileStream(journal, FileMode.Open);
        file.SetLength(Math.Min(length, file.Length));
    }

    private static async Task<KohaPatronException?> TriedAsync(Func<Task> run)
    {
        try
        {
            await run();
            return null;
        }
        catch (KohaPatronException e)
        {
            return e;
        }
    }
}
