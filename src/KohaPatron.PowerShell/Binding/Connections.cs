using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The connections of each runspace, by name; the last one made is the default.</summary>
internal static class Connections
{
    private static readonly ConcurrentDictionary<Guid, List<KohaConnection>> ByRunspace = new();

    public static void Add(KohaConnection connection)
    {
        Remove(connection.Name);
        Mine.Add(connection);
    }

    /// <summary>Ends a connection; null: all of them. Gives how many there were.</summary>
    public static int Remove(string? name)
    {
        var gone = Mine.Where(each => name is null || Is(each, name)).ToList();
        foreach (var connection in gone)
        {
            Mine.Remove(connection);
            connection.Dispose();
        }

        return gone.Count;
    }

    /// <summary>The connection of this name, or the default.</summary>
    /// <exception cref="KohaPatronException">There is none.</exception>
    public static KohaConnection Get(string? name) =>
        Mine.LastOrDefault(each => name is null || Is(each, name)) ?? throw new KohaPatronException(KohaRestNotices.NotConnected(name));

    public static IEnumerable<string> Names => Mine.Select(each => each.Name);

    private static List<KohaConnection> Mine => ByRunspace.GetOrAdd(Runspace.DefaultRunspace.InstanceId, _ => []);

    private static bool Is(KohaConnection connection, string name) => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase);
}
