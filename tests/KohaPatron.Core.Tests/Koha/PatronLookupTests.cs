using KohaPatron.Core.Koha.Rest;
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
        using var connection = await KohaConnection.OpenAsync("Koha", new KohaEndpoint(koha.ApiRoot, KohaSignIn.ClientCredentials, "client-editor", "secret-editor", "Tests", 2, TimeSpan.FromSeconds(10)), _ => { }, TestContext.Current.CancellationToken);
        var lookup = new PatronLookup(connection.Http, "UID", PatronLookup.DefaultBatchSize);
        foreach (var zeros in new[] { "", "0", "0000" })
        {
            var found = await lookup.FindAsync(PatronKey.UniversalId, [.. written.Select(id => zeros + id.TrimStart('0'))], TestContext.Current.CancellationToken);
            Assert.Equal([5, 6, 7], found.Select(each => Assert.Single(each.Patrons).PatronId));
        }
    }
}
