using System.Text.Json.Nodes;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.Koha;

/// <summary>How the patrons of a category are read: all of them, or none.</summary>
public sealed class PatronPagesTests : IAsyncLifetime
{
    private FakeKoha _koha = null!;
    private KohaConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        // One request at a time: what comes between two pages then always comes between the same two.
        var endpoint = new KohaEndpoint(_koha.ApiRoot, KohaSignIn.ClientCredentials, "client-editor", "secret-editor", "Tests", 1, TimeSpan.FromSeconds(10));
        _connection = await KohaConnection.OpenAsync("Koha", endpoint, _ => { }, TestContext.Current.CancellationToken, TimeSpan.FromMilliseconds(1));
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _koha.DisposeAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(200)]
    public async Task All_pages_give_each_patron_once_with_the_attributes(int pageSize)
    {
        var patrons = await FetchAsync("STUDENT", pageSize);
        Assert.Equal(Ids("STUDENT"), patrons.Select(patron => patron.PatronId));
        Assert.Contains(patrons, patron => patron.Attributes.Contains("UID:U1001"));
    }

    [Fact]
    public async Task A_category_of_nobody_has_no_patrons() => Assert.Empty(await FetchAsync("NOBODY", 2));

    [Fact]
    public async Task A_page_with_less_than_the_count_says_is_no_list()
    {
        _koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "_page=2", Odd = OddAnswers.OneShort });
        Assert.Equal("KohaListIncomplete", await RefusalAsync());
    }

    [Fact]
    public async Task A_list_without_its_count_is_no_list()
    {
        _koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "_page=1", Odd = answer => answer with { Headers = [.. answer.Headers.Where(header => header.Key != "X-Total-Count")] } });
        Assert.Equal("KohaAnswerOdd", await RefusalAsync());
    }

    [Fact]
    public async Task Patrons_of_another_category_are_not_taken_for_those_of_this_one()
    {
        _koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "_page=1", Odd = answer => { answer.Body![0]!["category_id"] = "FACULTY"; return answer; } });
        Assert.Equal("KohaAnswerOdd", await RefusalAsync());
    }

    [Fact]
    public async Task Whoever_goes_or_comes_while_the_pages_are_read_is_noticed()
    {
        var gone = _koha.State.Find(Ids("STUDENT")[0])!;
        BeforePage(2, () => _koha.State.Patrons.Remove(gone));
        Assert.Equal("KohaListMoved", await RefusalAsync());

        BeforePage(2, () => _koha.State.Add(Student()));
        Assert.Equal("KohaListMoved", await RefusalAsync());
    }

    /// <summary>The count alone would not tell: one came in front, one went behind, and somebody stands on two pages.</summary>
    [Fact]
    public async Task Whoever_moves_to_another_page_is_noticed_although_the_count_is_the_same()
    {
        var last = _koha.State.Find(Ids("STUDENT")[^1])!;
        var front = _koha.State.Patrons.First(patron => (string?)patron["category_id"] != "STUDENT");
        BeforePage(2, () =>
        {
            _koha.State.Patrons.Remove(last);
            front["category_id"] = "STUDENT";
        });
        Assert.Equal("KohaListMoved", await RefusalAsync());
    }

    private async Task<IReadOnlyList<Patron>> FetchAsync(string category, int pageSize) =>
        [.. (await new PatronPages(_connection.Http, pageSize).FetchAsync(category, TestContext.Current.CancellationToken)).Select(Patron.From)];

    private async Task<string> RefusalAsync() => (await Assert.ThrowsAsync<KohaPatronException>(() => FetchAsync("STUDENT", 2))).Notice.Code;

    private List<int> Ids(string category) =>
        [.. _koha.State.Patrons.Where(patron => (string?)patron["category_id"] == category).Select(patron => (int)patron["patron_id"]!).Order()];

    private void BeforePage(int page, Action happens)
    {
        var isDue = true;
        _koha.OnRequest = (_, path) =>
        {
            if (!isDue || !path.EndsWith($"&_page={page}", StringComparison.Ordinal))
                return;
            isDue = false;
            lock (_koha.State.Gate)
                happens();
        };
    }

    private static JsonObject Student() => new() { ["surname"] = "Last", ["userid"] = "new", ["library_id"] = "MAIN", ["category_id"] = "STUDENT" };
}
