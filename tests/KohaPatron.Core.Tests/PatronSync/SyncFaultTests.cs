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

    /// <summary>PUT 200 {} and its like say nothing: the record does.</summary>
    [Fact]
    public async Task Odd_answers_to_a_write_are_settled_by_reading()
    {
        foreach (var odd in new Func<Answer, Answer>[] { _ => new Answer(200, new System.Text.Json.Nodes.JsonObject()), _ => new Answer(200, new System.Text.Json.Nodes.JsonArray()), _ => new Answer(204) })
        {
            _room.Fill(("ann", "11"));
            _room.Koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "PUT", Odd = odd });
            Assert.Equal("Updated", (await _room.UpdateAsync([("ann", "77")]))["ann"]);
            Assert.Equal("77", _room.CardOf("ann"));
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

    [Fact]
    public async Task A_second_name_for_the_journal_is_the_same_journal()
    {
        var other = _room.Journal + ".link";
        await _room.UpdateAsync([("ann", "77")]);
        File.CreateSymbolicLink(other, _room.Journal);
        using (SyncJournal.Hold(_room.Journal, KohaPatron.Core.PatronSync.Plan.ApiRoot.Of(_room.Connection.ApiRoot)))
        {
            (var first, _room.Journal) = (_room.Journal, other);
            var held = await Assert.ThrowsAsync<KohaPatronException>(() => _room.UpdateAsync([("ann", "78")]));
            Assert.Equal("JournalHeld", held.Notice.Code);
            _room.Journal = first;
        }

        Assert.Equal([_room.Journal, other], Directory.GetFiles(Path.GetDirectoryName(_room.Journal)!).Order());
    }

    [Fact]
    public async Task One_person_in_two_exports_is_one_line_and_ambiguous_where_they_differ()
    {
        var plan = await _room.CompareAsync([("ann", "77"), ("ann", "77"), ("bob", "78")]);
        Assert.Equal(["ann", "bob"], plan.Select(change => change.UserId));
        Assert.All(plan, change => Assert.Equal(ProxChangeStatus.Change, change.Status));
    }
}
