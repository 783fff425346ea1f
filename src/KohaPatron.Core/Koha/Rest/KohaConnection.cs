using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>A connection to a Koha that proved itself.</summary>
public sealed class KohaConnection : IDisposable
{
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

    internal KohaHttp Http { get; }

    /// <summary>Connects, and proves that patrons can be read; notes whether they can be changed too.</summary>
    /// <exception cref="KohaPatronException">What stands in the way, each its own error.</exception>
    internal static async Task<KohaConnection> OpenAsync(string name, KohaEndpoint endpoint, Action<Notice> tell, CancellationToken cancel)
    {
        var http = new KohaHttp(endpoint);
        try
        {
            var connection = new KohaConnection(name, endpoint, http);
            var read = await http.RequireAsync(new KohaRequest(HttpMethod.Get, "/patrons?_per_page=1"), cancel);
            if (read.Json is not { ValueKind: System.Text.Json.JsonValueKind.Array })
                throw new KohaPatronException(KohaRestNotices.NotKoha(endpoint.ApiRoot, read.Status, "other JSON"));
            // No patron has the number 0, and an empty body is refused anyway: only the permission decides between 403 and the rest.
            var write = await http.SendAsync(new KohaRequest(HttpMethod.Put, "/patrons/0", "{}"), cancel);
            connection.CanWrite = write.Status != 403;
            if (!connection.CanWrite)
                tell(KohaRestNotices.ReadOnly(endpoint.ApiRoot));
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

    public void Dispose()
    {
        IsOpen = false;
        Http.Dispose();
    }

    public override string ToString() => Name;
}
