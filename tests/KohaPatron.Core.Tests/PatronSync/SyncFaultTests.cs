using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.PatronSync;

/// <summary>What a wrong plan, a wrong journal, a second Koha or a lost disk must never do.</summary>
public sealed class SyncFaultTests : IAsyncLifetime
{
    private CardRoom _room = null!;

    public async ValueTask InitializeAsync()
    {
        _room = await CardRoom.OpenAsync();
        _room.Fill(("ann", "11"), ("bob", "22"), ("cy", "33"));
    }

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    private IEnumerable<SeenRequest> Writes => _room.Koha.Requests.Where(request => request.Method == "PUT" && !request.Path.EndsWith("/patrons/0", StringComparison.Ordinal));

    /// <summary>A plan that somebody edited is refused as a whole.</summary>
    [Fact]
    public async Task A_plan_that_cannot_be_right_writes_nothing()
    {
        Action<ProxChange>[] edits =
        [
            change => change.ApiRoot = "https://another.example.edu/api/v1",
            change => change.ApiRoot = null,
            change => change.ApiRoot += "/2",
            change => change.PatronId = 0,
            change => change.PatronId = -101,
            change => change.UserId = " ",
            change => change.PatronId = null,
            change => change.PatronId = 102,
            change => change.CardThen = null,
            change => change.CardThen = " 77",
            change => change.CardThen = "78",
            change => change.CardThen = new string('7', 33),
            change => change.CardThen = "KPTEMP-5",
            change => change.SurnameThen = "",
        ];
        foreach (var edit in edits)
        {
            var plan = await _room.CompareAsync([("ann", "77"), ("bob", "78")]);
            edit(plan[0]);
            await Assert.ThrowsAsync<KohaPatronException>(() => _room.ApplyAsync(plan));
        }

        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_line_for_somebody_else_is_a_conflict()
    {
        var plan = await _room.CompareAsync([("ann", "77")]);
        plan[0].UserId = "cy";
        Assert.Equal("Conflict", (await _room.ApplyAsync(plan))["cy"]);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_card_that_is_somebodys_user_id_is_a_conflict_in_the_plan_and_in_its_carrying_out()
    {
        _room.Fill(("ann", "11"), ("77", "22"));
        Assert.Equal(ProxChangeStatus.Conflict, (await _room.CompareAsync([("ann", "77")]))[0].Status);
        var plan = await _room.CompareAsync([("ann", "78")]);
        plan[0].CardThen = "77";
        Assert.Equal("Conflict", (await _room.ApplyAsync(plan))["ann"]);
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task The_brake_holds_for_undo_too()
    {
        await _room.UpdateAsync([("ann", "77"), ("bob", "78")]);
        var written = _room.State();
        var refused = await Assert.ThrowsAsync<KohaPatronException>(() => _room.UndoAsync(maximum: 1));
        Assert.Equal("TooManyChanges", refused.Notice.Code);
        Assert.Equal(written, _room.State());
    }

    [Fact]
    public async Task Undo_stops_where_somebody_else_changed_it_since()
    {
        await _room.UpdateAsync([("ann", "77"), ("bob", "78")], newName: "Other");
        _room.Find("ann")["firstname"] = "Librarian";
        var undone = await _room.UndoAsync();
        Assert.Equal(("Conflict", "Updated"), (undone["ann"], undone["bob"]));
        Assert.Equal(("77", "22", "First"), (_room.CardOf("ann"), _room.CardOf("bob"), (string?)_room.Find("bob")["firstname"]));
    }

    [Fact]
    public async Task A_circle_that_a_refused_key_stops_is_told_with_the_user_and_the_next_run_closes_it()
    {
        foreach (var nth in new[] { 2, 3 })
        {
            _room.Fill(("ann", "11"), ("bob", "22"));
            _room.Koha.Faults.Add(new Fault(FaultKind.Status) { Method = "PUT", Nth = nth, AndLater = true, Status = 403 });
            await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync([("ann", "22"), ("bob", "11")]));
            var parked = Assert.Single(_room.Parked());
            Assert.Contains(_room.Told, notice => notice.Code == "TemporaryCardLeft" && Equals(notice.Target, parked));

            // Not in the input any more: healed all the same.
            _room.Koha.Faults.Clear();
            await _room.UpdateAsync([("cy", "33")]);
            Assert.Empty(_room.Parked());
            Assert.Contains(_room.Told, notice => notice.Code == "TemporaryCardHealed");
        }
    }

    [Fact]
    public async Task A_circle_that_one_refusal_stops_is_put_back_at_once()
    {
        foreach (var (status, nth) in new[] { (403, 2), (403, 3), (409, 2), (500, 3), (404, 2) })
        {
            _room.Fill(("ann", "11"), ("bob", "22"));
            _room.Koha.Faults.Add(new Fault(FaultKind.Status) { Method = "PUT", Nth = nth, Status = status });
            try
            {
                await _room.UpdateAsync([("ann", "22"), ("bob", "11")]);
            }
            catch (KohaPatronException)
            {
                // 403 ends the run.
            }

            Assert.Equal(("11", "22"), (_room.CardOf("ann"), _room.CardOf("bob")));
        }
    }

    /// <summary>The last write of a swap arrived and nobody knew it; what put the swap back found it there, and says so in the journal.</summary>
    [Fact]
    public async Task A_write_whose_end_later_writes_tell_is_settled_by_them_and_undo_gives_the_first_state()
    {
        var before = _room.State();
        _room.Koha.Faults.Add(new Fault(FaultKind.Odd)
        {
            Method = "PUT",
            Nth = 3,
            Odd = OddAnswers.EmptyObject,
            Meanwhile = () => _room.Koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "GET", Path = "/patrons/10[0-9]$", Nth = 1, Odd = OddAnswers.EmptyObject }),
        });
        await _room.UpdateAsync([("ann", "22"), ("bob", "11")]);
        Assert.Contains("nobody knows", _room.Reasons["ann"], StringComparison.Ordinal);
        Assert.Equal(before, _room.State());
        await _room.UpdateAsync([("ann", "22"), ("bob", "11")]);
        Assert.Equal(("22", "11"), (_room.CardOf("ann"), _room.CardOf("bob")));
        await _room.UndoAsync();
        Assert.Equal(before, _room.State());
    }

    /// <summary>Ctrl+C while the second or the last write of a swap is under way.</summary>
    [Fact]
    public async Task A_circle_that_a_stop_befalls_is_put_back_at_once()
    {
        foreach (var nth in new[] { 1, 2 })
        {
            _room.Fill(("ann", "11"), ("bob", "22"));
            var before = _room.State();
            var plan = await _room.CompareAsync([("ann", "22"), ("bob", "11")]);
            using var stop = new CancellationTokenSource();
            _room.Koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "PUT", Nth = nth, Meanwhile = stop.Cancel });
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _room.ApplyAsync([.. plan.Select(ProxLines.Of)], stop.Token));
            Assert.Equal(before, _room.State());
        }
    }

    /// <summary>A disk of one page, which the parking of a swap still fits on and the long names of the next write do not.</summary>
    [Fact]
    public async Task A_full_disk_ends_the_run_with_its_own_error_and_the_swap_is_put_back()
    {
        var disk = _room.Journal + ".disk";
        Directory.CreateDirectory(disk);
        Assert.SkipUnless(Run("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk), "This needs the right to mount a disk.");
        try
        {
            _room.Journal = Path.Combine(disk, "journal.jsonl");
            var before = _room.State();
            (string, string)[] report = [("ann", "22"), ("bob", "11")];
            var refused = await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync(report, newName: new string('x', 4000)));
            Assert.Equal("JournalNotWritten", refused.Notice.Code);
            Assert.Equal(before, _room.State());
            Run("mount", "-o", "remount,size=1m", disk);
            await _room.UpdateAsync(report);
            Assert.Equal(("22", "11"), (_room.CardOf("ann"), _room.CardOf("bob")));
            await _room.UndoAsync();
            Assert.Equal(("11", "22"), (_room.CardOf("ann"), _room.CardOf("bob")));
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public async Task A_card_that_an_outsider_was_given_since_the_plan_is_a_conflict()
    {
        var plan = await _room.CompareAsync([("ann", "77"), ("bob", "78")]);
        _room.Find("cy")["cardnumber"] = "77";
        var results = await _room.ApplyAsync(plan);
        Assert.Equal(("Conflict", "Updated"), (results["ann"], results["bob"]));
        Assert.Equal("11", _room.CardOf("ann"));
    }

    /// <summary>What was read before the server asked to wait may be old by then.</summary>
    [Fact]
    public async Task A_write_that_was_told_to_wait_goes_by_a_new_read()
    {
        var busy = new Fault(FaultKind.Status) { Method = "PUT", Path = "/patrons/101", Nth = 1, Status = 429, RetryAfter = 0 };
        _room.Koha.Faults.Add(busy);
        Assert.Equal("Updated", (await _room.UpdateAsync([("ann", "77")]))["ann"]);
        _room.Koha.Faults.Clear();
        _room.Koha.Faults.Add(busy with { Meanwhile = () => _room.Find("ann")["cardnumber"] = "librarian" });
        Assert.Equal("Conflict", (await _room.UpdateAsync([("ann", "78")]))["ann"]);
        Assert.Equal("librarian", _room.CardOf("ann"));
    }

    /// <summary>A list that is none, or not all of it, is never "nobody": not in the plan, and not before the first write.</summary>
    [Fact]
    public async Task A_list_that_cannot_be_right_ends_the_run_before_the_first_write()
    {
        var plan = await _room.CompareAsync([("ann", "77")]);
        foreach (var odd in new Func<Answer, Answer>[] { OddAnswers.EmptyObject, OddAnswers.NoList, OddAnswers.OneShort, OddAnswers.WithoutId, answer => answer with { Headers = [new("X-Total-Count", "7")] } })
        {
            _room.Koha.Faults.Clear();
            _room.Koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "GET", Path = @"/patrons\?", Odd = odd });
            await Assert.ThrowsAsync<KohaPatronException>(() => _room.CompareAsync([("ann", "77"), ("bob", "78")]));
        }

        _room.Koha.Faults.Clear();
        _room.Koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "GET", Path = @"/patrons\?", Odd = OddAnswers.EmptyObject });
        await Assert.ThrowsAsync<KohaPatronException>(() => _room.ApplyAsync(plan));
        Assert.Empty(Writes);
    }

    /// <summary>PUT 200 {} and its like say nothing: the record does.</summary>
    [Fact]
    public async Task Odd_answers_to_a_write_are_settled_by_reading()
    {
        Fault[] odds =
        [
            new(FaultKind.Odd) { Odd = _ => new Answer(200, new System.Text.Json.Nodes.JsonObject()) },
            new(FaultKind.Odd) { Odd = _ => new Answer(200, new System.Text.Json.Nodes.JsonArray()) },
            new(FaultKind.Odd) { Odd = _ => new Answer(204) },
            new(FaultKind.Odd) { Odd = answer => answer with { Headers = [new("Content-Encoding", "gzip")] } },
            new(FaultKind.Garbled) { AfterEffect = true },
        ];
        foreach (var odd in odds)
        {
            _room.Fill(("ann", "11"));
            _room.Koha.Faults.Add(odd with { Method = "PUT" });
            Assert.Equal("Updated", (await _room.UpdateAsync([("ann", "77")]))["ann"]);
            Assert.Equal("77", _room.CardOf("ann"));
        }
    }

    /// <summary>Nothing is concluded of it, and nobody else is kept waiting for it.</summary>
    [Fact]
    public async Task A_patron_whose_record_cannot_be_read_is_told_and_the_others_go_on()
    {
        Fault[] odds =
        [
            new(FaultKind.Garbled),
            new(FaultKind.Odd) { Odd = answer => answer with { Headers = [new("Content-Encoding", "gzip")] } },
            new(FaultKind.Odd) { Odd = answer => answer with { Body = System.Text.Json.Nodes.JsonNode.Parse(answer.Body!.ToJsonString().Replace("\"extended_attributes\":[]", "\"extended_attributes\":[{\"type\":\"A\",\"value\":\"b\",\"extended_attribute_id\":1.5}]", StringComparison.Ordinal)) } },
        ];
        foreach (var odd in odds)
        {
            _room.Fill(("ann", "11"), ("bob", "22"));
            var plan = await _room.CompareAsync([("ann", "77"), ("bob", "78")]);
            _room.Koha.Faults.Add(odd with { Method = "GET", Path = "me.patron_id", AfterEffect = true });
            _room.Koha.Faults.Add(odd with { Method = "GET", Path = "/patrons/101$", AfterEffect = true });
            var results = await _room.ApplyAsync(plan);
            Assert.Equal(("Failed", "Updated"), (results["ann"], results["bob"]));
            Assert.Equal("11", _room.CardOf("ann"));
        }
    }

    [Theory]
    [InlineData("not a journal\nat all\n")]
    [InlineData("not a journal")]
    [InlineData("Universal ID,Prox ID\n1,2\n")]
    [InlineData("{\"Report_Entry\":[]}")]
    [InlineData("{\"journal\":\"KohaPatron\",\"version\":2,\"apiRoot\":\"https://another.example.edu/api/v1\"}\n")]
    public async Task A_file_that_is_no_journal_of_this_Koha_is_refused_and_left_byte_for_byte(string text)
    {
        File.WriteAllText(_room.Journal, text);
        await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync([("ann", "77")]));
        await Assert.ThrowsAsync<KohaPatronException>(() => _room.UndoAsync());
        Assert.Equal(text, File.ReadAllText(_room.Journal));
        Assert.Empty(Writes);
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_and_the_write_it_told_of_is_asked_again()
    {
        await _room.UpdateAsync([("ann", "77")]);
        var whole = File.ReadAllBytes(_room.Journal);
        var lines = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        foreach (var length in new[] { lines + 1, lines + 5, lines + 40, whole.Length - 1 })
        {
            File.WriteAllBytes(_room.Journal, whole[..length]);
            await _room.UpdateAsync([("ann", "77")]);
            await _room.UndoAsync();
            Assert.Equal("11", _room.CardOf("ann"));
            await _room.UpdateAsync([("ann", "77")]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_name_for_the_journal_is_the_same_journal(bool isHard)
    {
        var other = _room.Journal + ".link";
        await _room.UpdateAsync([("ann", "77")]);
        if (isHard)
            Assert.True(Run("ln", _room.Journal, other));
        else
            File.CreateSymbolicLink(other, _room.Journal);
        using (SyncJournal.Hold(_room.Journal, _room.ApiRoot))
        {
            (var first, _room.Journal) = (_room.Journal, other);
            var held = await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync([("ann", "78")]));
            Assert.Equal("JournalHeld", held.Notice.Code);
            _room.Journal = first;
        }

        Assert.Equal([_room.Journal, other], Directory.GetFiles(Path.GetDirectoryName(_room.Journal)!).Order());
    }

    [Fact]
    public async Task A_journal_that_others_could_read_is_the_users_own_afterwards()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There a file takes its folder's rights.");
            return;
        }

        await _room.UpdateAsync([("ann", "77")]);
        File.SetUnixFileMode(_room.Journal, (UnixFileMode)0b110_100_100);
        await _room.UpdateAsync([("ann", "78")]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_room.Journal));
    }

    /// <summary>Reading a pipe or a device may never end, and its rights are not ours to change.</summary>
    [Fact]
    public async Task A_pipe_or_a_device_is_no_journal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It has none among its files.");
        var pipe = _room.Journal + ".pipe";
        Assert.True(Run("mkfifo", pipe));
        foreach (var path in new[] { pipe, "/dev/zero" })
        {
            _room.Journal = path;
            var refused = await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync([("ann", "77")]));
            Assert.Equal("JournalUnreadable", refused.Notice.Code);
        }

        Assert.Empty(Writes);
    }

    /// <summary>A load writes a user id without what nobody sees; the patron is found by it.</summary>
    [Fact]
    public async Task Hidden_letters_make_nobody_missing()
    {
        var plan = await _room.CompareAsync([("a\u200Bnn", "77"), ("bob\u00A0", "78")]);
        Assert.Equal([("ann", ProxChangeStatus.Change), ("bob", ProxChangeStatus.Change)], plan.Select(change => (change.UserId!, change.Status)));
    }

    [Fact]
    public async Task One_person_in_two_exports_is_one_line_and_ambiguous_where_they_differ()
    {
        var plan = await _room.CompareAsync([("ann", "77"), ("ann", "77"), ("bob", "78")]);
        Assert.Equal(["ann", "bob"], plan.Select(change => change.UserId));
        Assert.All(plan, change => Assert.Equal(ProxChangeStatus.Change, change.Status));
    }

    private static bool Run(string program, params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
            return false;
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
