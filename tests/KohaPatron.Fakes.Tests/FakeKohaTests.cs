using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Fakes.Tests;

/// <summary>What the recorded answers do not show: faults before and after the effect, dying tokens, newer releases, blanked records.</summary>
public sealed class FakeKohaTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task<HttpClient> ClientAsync(FakeKoha koha, string client = "editor")
    {
        var http = new HttpClient();
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = $"client-{client}", ["client_secret"] = $"secret-{client}" };
        using var answer = await http.PostAsync(Url(koha, "/oauth/token"), new FormUrlEncodedContent(form), Cancel);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["access_token"]!;
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return http;
    }

    private static Uri Url(FakeKoha koha, string path) => new(koha.ApiRoot + path);

    private static Task<HttpResponseMessage> PutCardAsync(HttpClient http, FakeKoha koha, string card) =>
        http.PutAsJsonAsync(Url(koha, "/patrons/14"), new { surname = "Müller", library_id = "EAST", category_id = "FACULTY", cardnumber = card }, Cancel);

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, "77777")]
    public async Task A_fault_comes_before_or_after_the_effect(bool afterEffect, string? card)
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Status) { Method = "PUT", Status = 503, RetryAfter = 2, AfterEffect = afterEffect, Nth = 1 });
        using var answer = await PutCardAsync(http, koha, "77777");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(2), answer.Headers.RetryAfter!.Delta);
        Assert.Equal(card, (string?)koha.State.Find(14)!["cardnumber"]);
        using var again = await PutCardAsync(http, koha, "77777");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Theory]
    [InlineData(FaultKind.Reset)]
    [InlineData(FaultKind.CutBody)]
    public async Task A_connection_can_be_reset_and_a_body_cut(FaultKind kind)
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(kind) { Path = "/patrons", AfterEffect = true });
        await Assert.ThrowsAnyAsync<Exception>(() => http.GetStringAsync(Url(koha, "/patrons"), Cancel));
    }

    [Fact]
    public async Task A_stall_lasts_until_the_caller_gives_up()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Stall));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAsync<TaskCanceledException>(() => http.GetStringAsync(Url(koha, "/libraries"), patience.Token));
    }

    [Fact]
    public async Task A_proxy_in_front_answers_with_a_web_page()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Html) { Status = 200 });
        Assert.StartsWith("<!DOCTYPE html>", await http.GetStringAsync(Url(koha, "/patrons"), Cancel));
    }

    [Fact]
    public async Task Tokens_end_and_can_be_revoked()
    {
        var time = new ManualTime();
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { TokenLifetime = TimeSpan.FromMinutes(5), Time = time });
        using var http = await ClientAsync(koha);
        time.Now += TimeSpan.FromMinutes(6);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(Url(koha, "/libraries"), Cancel)).StatusCode);
        using var other = await ClientAsync(koha);
        koha.Tokens.RevokeAll();
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.GetAsync(Url(koha, "/libraries"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_patron_of_another_library_may_come_blanked()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.State.Blanked.Add(5);
        var patron = await http.GetFromJsonAsync<JsonObject>(Url(koha, "/patrons/5"), Cancel);
        Assert.Null(patron!["surname"]);
        Assert.Equal(5, (int)patron["patron_id"]!);
    }

    [Fact]
    public async Task Newer_releases_know_preferred_name_answer_204_and_refuse_look_alikes()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.Newest });
        using var http = await ClientAsync(koha);
        Assert.Equal(HttpStatusCode.OK, (await PutCardAsync(http, koha, "1")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await PutCardAsync(http, koha, "1")).StatusCode);
        Assert.Equal("Jürgen", (string?)(await http.GetFromJsonAsync<JsonObject>(Url(koha, "/patrons/14"), Cancel))!["preferred_name"]);
        var twin = new { surname = "Müller", firstname = "Jürgen", library_id = "EAST", category_id = "FACULTY", userid = "twin", date_of_birth = (string?)koha.State.Find(14)!["date_of_birth"] };
        Assert.Equal(HttpStatusCode.Conflict, (await http.PostAsJsonAsync(Url(koha, "/patrons"), twin, Cancel)).StatusCode);
        http.DefaultRequestHeaders.Add("x-confirm-not-duplicate", "1");
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsJsonAsync(Url(koha, "/patrons"), twin, Cancel)).StatusCode);
        using var super = await ClientAsync(koha, "super");
        Assert.Equal(HttpStatusCode.OK, (await super.GetAsync(Url(koha, "/patron_categories"), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_request_line_over_8_KiB_is_refused()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, (await http.GetAsync(Url(koha, "/patrons?q=" + new string('x', 9000)), Cancel)).StatusCode);
    }

    [Fact]
    public async Task Requests_are_kept_and_a_test_can_change_a_patron_in_between()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha, "subeditor");
        koha.OnRequest = (method, path) =>
        {
            if (path.EndsWith("/patrons/14", StringComparison.Ordinal))
                koha.State.Find(14)!["cardnumber"] = "moved";
        };
        var patron = await http.GetFromJsonAsync<JsonObject>(Url(koha, "/patrons/14"), Cancel);
        Assert.Equal("moved", (string?)patron!["cardnumber"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await PutCardAsync(http, koha, "1")).StatusCode);
        Assert.Equal([("POST", 200), ("GET", 200), ("PUT", 403)], koha.Requests.Select(request => (request.Method, request.Status)));
    }

    public static TheoryData<string, string> Oddities => new()
    {
        { nameof(OddAnswers.EmptyObject), "{}" },
        { nameof(OddAnswers.IdAsText), "\"patron_id\":\"14\"" },
        { nameof(OddAnswers.Nulls), "\"patron_id\":null" },
    };

    [Theory]
    [MemberData(nameof(Oddities))]
    public async Task A_success_can_be_odd_after_its_effect(string oddity, string shown)
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "PUT", Odd = typeof(OddAnswers).GetMethod(oddity)!.CreateDelegate<Func<Answer, Answer>>() });
        using var answer = await PutCardAsync(http, koha, "77777");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(shown, await answer.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("77777", (string?)koha.State.Find(14)!["cardnumber"]);
    }

    [Fact]
    public async Task A_new_patron_can_come_without_an_id()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "POST", Odd = OddAnswers.WithoutId });
        using var answer = await http.PostAsJsonAsync(Url(koha, "/patrons"), new { surname = "Kim", userid = "bkim", library_id = "MAIN", category_id = "STUDENT" }, Cancel);
        Assert.Equal((HttpStatusCode.Created, null), (answer.StatusCode, answer.Headers.Location));
        Assert.False((await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!.ContainsKey("patron_id"));
        Assert.Contains(koha.State.Patrons, patron => (string?)patron["userid"] == "bkim");
    }

    [Fact]
    public async Task A_list_can_be_shorter_than_its_count_or_no_list()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "/patrons", Nth = 1, Odd = OddAnswers.OneShort });
        koha.Faults.Add(new Fault(FaultKind.Odd) { Path = "/patrons", Nth = 2, Odd = OddAnswers.NoList });
        using var first = await http.GetAsync(Url(koha, "/patrons?category_id=STUDENT"), Cancel);
        Assert.Equal("5", first.Headers.GetValues("X-Total-Count").Single());
        Assert.Equal(4, (await first.Content.ReadFromJsonAsync<JsonArray>(Cancel))!.Count);
        Assert.NotNull(await http.GetFromJsonAsync<JsonObject>(Url(koha, "/patrons?category_id=STUDENT"), Cancel));
    }

    [Fact]
    public async Task A_server_can_go_down_at_any_call_and_a_test_can_act_at_that_moment()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        string? cardThen = null;
        koha.Faults.Add(new Fault(FaultKind.Reset) { Nth = 2, AndLater = true, AfterEffect = true, Meanwhile = () => cardThen ??= (string?)koha.State.Find(14)!["cardnumber"] });
        (await PutCardAsync(http, koha, "1")).Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => PutCardAsync(http, koha, "2"));
        await Assert.ThrowsAsync<HttpRequestException>(() => PutCardAsync(http, koha, "3"));
        Assert.Equal("2", cardThen);
    }

    [Fact]
    public async Task An_answer_can_be_late_and_requests_are_counted_by_route()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var http = await ClientAsync(koha);
        koha.Faults.Add(new Fault(FaultKind.Late) { Path = "/patrons/14$", Pause = TimeSpan.FromMilliseconds(1) });
        using var together = new Barrier(2);
        koha.OnRequest = (_, path) =>
        {
            if (path.EndsWith("/patrons/14", StringComparison.Ordinal))
                together.SignalAndWait(Cancel);
        };
        Task<HttpResponseMessage>[] both = [http.GetAsync(Url(koha, "/patrons/14"), Cancel), http.GetAsync(Url(koha, "/patrons/14"), Cancel)];
        Assert.All(await Task.WhenAll(both), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        (await http.GetAsync(Url(koha, "/patrons/6/extended_attributes"), Cancel)).Dispose();
        Assert.Equal(new() { ["POST /oauth/token"] = 1, ["GET /patrons/{id}"] = 2, ["GET /patrons/{id}/extended_attributes"] = 1 }, koha.RequestsByRoute.ToDictionary());
        Assert.Equal(2, koha.MostAtOnce);
    }

    [Fact]
    public async Task Who_stands_in_for_another_cannot_be_deleted()
    {
        await using var koha = await FakeKoha.StartAsync(new FakeKohaOptions { Version = KohaVersion.V2506 });
        using var http = await ClientAsync(koha);
        koha.State.Ties.Guarantors.Add(16);
        using var answer = await http.DeleteAsync(Url(koha, "/patrons/16"), Cancel);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("has_guarantees", (string?)(await answer.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["error_code"]);
    }

    private sealed class ManualTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
