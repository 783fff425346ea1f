using System.Text.Json.Nodes;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.Core.Tests.Koha;

/// <summary>How patrons are found whose keys are written in more than one way.</summary>
public sealed class PatronLookupTests
{
    /// <summary>The export says 51302, Koha 000051302, or the other way round.</summary>
    [Fact]
    public async Task A_universal_ID_is_found_whatever_zeros_stand_in_front_on_either_side()
    {
        await using var koha = await FakeKoha.StartAsync();
        string[] written = ["51302", "000051303", "0051304"];
        for (var i = 0; i < written.Length; i++)
            koha.State.AddAttribute(koha.State.Find(5 + i)!, "UID", written[i]);
        using var connection = await ConnectAsync(koha);
        var lookup = new PatronLookup(connection.Http, "UID", PatronLookup.DefaultBatchSize);
        foreach (var zeros in new[] { "", "0", "0000" })
        {
            var found = await lookup.FindAsync(PatronKey.UniversalId, [.. written.Select(id => zeros + id.TrimStart('0'))], TestContext.Current.CancellationToken);
            Assert.Equal([5, 6, 7], found.Select(each => Assert.Single(each.Patrons).PatronId));
        }
    }

    /// <summary>A record with blanked values is that of whoever is looked for, not nobody: else a second patron would be made.</summary>
    [Fact]
    public async Task A_patron_whose_values_are_hidden_is_found_under_the_value_that_finds_it()
    {
        await using var koha = await FakeKoha.StartAsync();
        koha.State.Blanked.Add(5);
        using var connection = await ConnectAsync(koha);
        var lookup = new PatronLookup(connection.Http, "UID", PatronLookup.DefaultBatchSize);
        foreach (var (key, values) in new[] { (PatronKey.UserId, new[] { "anunez@example.edu", "alovelace@example.edu", "nobody" }), (PatronKey.UniversalId, ["U1002", "U1001", "U9"]), (PatronKey.CardNumber, ["1000002", "1000001", "9"]) })
        {
            var found = await lookup.FindAsync(key, values, TestContext.Current.CancellationToken);
            Assert.Equal([5], found[1].Patrons.Select(patron => patron.PatronId));
            Assert.True(found[1].Patrons[0].IsBlanked);
            Assert.Empty(found[2].Patrons);
            Assert.DoesNotContain(found[0].Patrons, patron => patron.PatronId == 5);
        }
    }

    [Fact]
    public async Task A_user_id_is_found_whatever_its_case_and_the_blanks_behind_it()
    {
        await using var koha = await FakeKoha.StartAsync();
        koha.State.Find(5)!["userid"] = "Alovelace ";
        using var connection = await ConnectAsync(koha);
        var found = await new PatronLookup(connection.Http, "UID", PatronLookup.DefaultBatchSize).FindAsync(PatronKey.UserId, ["aLOVELACE", "nobody"], TestContext.Current.CancellationToken);
        Assert.Equal(5, Assert.Single(found[0].Patrons).PatronId);
    }

    /// <summary>What a proxy took out of an answer is not empty, and a list that does not say how long it is may be a page of one.</summary>
    [Fact]
    public async Task What_an_answer_does_not_show_is_an_error_and_never_taken_for_empty()
    {
        await using var koha = await FakeKoha.StartAsync();
        using var connection = await ConnectAsync(koha);
        var lookup = new PatronLookup(connection.Http, "UID", PatronLookup.DefaultBatchSize);
        Action<JsonObject>[] edits =
        [
            patron => patron["cardnumber"] = new JsonObject(),
            patron => patron["userid"] = new JsonArray("alovelace@example.edu"),
            patron => patron["expiry_date"] = true,
            patron => patron.Remove("cardnumber"),
            patron => patron.Remove("statistics_2"),
            patron => patron.Remove("extended_attributes"),
            patron => patron["extended_attributes"] = null,
            patron => patron["extended_attributes"] = new JsonArray(new JsonObject { ["value"] = "U1001" }),
        ];
        foreach (var edit in edits)
        {
            koha.Faults.Clear();
            koha.Faults.Add(new Fault(FaultKind.Odd)
            {
                Method = "GET",
                Path = "/patrons",
                Odd = answer =>
            {
                foreach (var patron in answer.Body is JsonArray rows ? rows.Select(row => row!.AsObject()) : [answer.Body!.AsObject()])
                    edit(patron);
                return answer;
            }
            });
            await RefusesAsync(() => lookup.FindAsync(PatronKey.UserId, ["alovelace@example.edu"], TestContext.Current.CancellationToken));
            await RefusesAsync(() => lookup.GetAsync(5, TestContext.Current.CancellationToken));
        }

        koha.Faults.Clear();
        koha.Faults.Add(new Fault(FaultKind.Odd) { Method = "GET", Odd = answer => answer with { Headers = [] } });
        await RefusesAsync(() => lookup.FindAsync(PatronKey.UserId, ["alovelace@example.edu"], TestContext.Current.CancellationToken));
    }

    private static async Task RefusesAsync(Func<Task> read) => Assert.Equal("KohaAnswerOdd", (await Assert.ThrowsAsync<KohaPatronException>(read)).Notice.Code);

    private static Task<KohaConnection> ConnectAsync(FakeKoha koha) =>
        KohaConnection.OpenAsync("Koha", new KohaEndpoint(koha.ApiRoot, KohaSignIn.ClientCredentials, "client-editor", "secret-editor", "Tests", 2, TimeSpan.FromSeconds(10)), _ => { }, TestContext.Current.CancellationToken);
}
