using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.NetFramework;

/// <summary>Signs in to Koha's REST API and finds a patron.</summary>
internal static class KohaJob
{
    public static void Run(string root, string key, string secret, string userId)
    {
        var endpoint = new KohaEndpoint(KohaEndpoint.CheckedRoot(root, allowInsecure: false), KohaSignIn.ClientCredentials, key, secret, "KohaPatron.NetFramework", 2, TimeSpan.FromSeconds(30));
        using var connection = KohaConnection.OpenAsync("Koha", endpoint, notice => Console.Error.WriteLine(notice), CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine($"CanWrite: {connection.CanWrite}");
        var lookup = new PatronLookup(connection.Http, "UNIVID", PatronLookup.DefaultBatchSize);
        foreach (var (_, patrons) in lookup.FindAsync(PatronKey.UserId, [userId], CancellationToken.None).GetAwaiter().GetResult())
        {
            foreach (var patron in patrons)
                Console.WriteLine($"Patron: {patron.PatronId} {patron.UserId}");
        }
    }
}
