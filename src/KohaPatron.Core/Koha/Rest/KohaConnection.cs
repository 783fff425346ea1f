using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>A connection to a Koha that proved itself.</summary>
public sealed class KohaConnection : IDisposable
{
    /// <summary>
    /// What is asked to learn what a key may do, changing first, which takes all that adding does. No patron has the number 0, and an empty body is refused
    /// anyway: only the permission decides between 403 and the rest.
    /// </summary>
    private static readonly (string What, KohaRequest Request)[] Rights =
    [
        ("change patrons", new(HttpMethod.Put, "/patrons/0", "{}")),
        ("see the libraries", new(HttpMethod.Get, "/libraries?_per_page=1")),
        ("see the patron categories", new(HttpMethod.Get, "/patron_categories?_per_page=1")),
    ];

    private KohaConnection(string name, KohaEndpoint endpoint, KohaHttp http)
    {
        Name = name;
        ApiRoot = endpoint.ApiRoot;
        User = endpoint.User;
        Http = http;
    }

    /// <summary>What the connection is called.</summary>
    public string Name { get; }

    /// <summary>The address of the API.</summary>
    public Uri ApiRoot { get; }

    /// <summary>The key's id, or the user.</summary>
    public string User { get; }

    /// <summary>Whether the key may change patrons: it has the whole borrowers permission.</summary>
    public bool CanWrite { get; private set; }

    /// <summary>What the key may not do, with the permission that it lacks.</summary>
    public IReadOnlyList<string> Cannot { get; private set; } = [];

    internal KohaHttp Http { get; }

    /// <summary>Connects, and proves that patrons can be read; notes whether they can be changed too.</summary>
    /// <exception cref="KohaPatronException">What stands in the way, each its own error.</exception>
    internal static async Task<KohaConnection> OpenAsync(string name, KohaEndpoint endpoint, Action<Notice> tell, CancellationToken cancel, TimeSpan? firstWait = null)
    {
        var http = new KohaHttp(endpoint, firstWait: firstWait);
        try
        {
            var connection = new KohaConnection(name, endpoint, http);
            var read = await http.RequireAsync(new KohaRequest(HttpMethod.Get, "/patrons?_per_page=1"), cancel);
            if (read.Json is not { ValueKind: System.Text.Json.JsonValueKind.Array })
                throw new KohaPatronException(KohaRestNotices.NotKoha(endpoint.ApiRoot, read.Status, "other JSON"));
            var rights = await Task.WhenAll(Rights.Select(async right => (right.What, Answer: await http.SendAsync(right.Request, cancel))));
            connection.CanWrite = rights[0].Answer.Status != 403;
            connection.Cannot = [.. rights.Where(right => right.Answer.Status == 403).Select(right => $"{right.What} ({right.Answer.RequiredPermissions})")];
            if (!connection.CanWrite)
                tell(KohaRestNotices.ReadOnly(endpoint.ApiRoot));
            else if (connection.Cannot.Count > 0)
                tell(KohaRestNotices.Cannot(endpoint.ApiRoot, connection.Cannot));
            return connection;
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>Whether it has not been ended.</summary>
    internal bool IsOpen { get; private set; } = true;

    /// <summary>Forgets the secret and the token, and closes what is open to the server.</summary>
    public void Dispose()
    {
        IsOpen = false;
        Http.Dispose();
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
