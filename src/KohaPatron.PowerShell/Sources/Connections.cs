using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Sources;

/// <summary>The connections of a runspace, by name; the last one made is the default until it ends.</summary>
internal sealed class Connections
{
    // A list goes with its runspace; -Parallel makes many of them.
    private static readonly ConditionalWeakTable<Runspace, Connections> ByRunspace = new();

    private readonly List<KohaConnection> _all = [];
    private KohaConnection? _default;

    /// <summary>The connections of the runspace that asks.</summary>
    public static Connections Mine => ByRunspace.GetValue(Runspace.DefaultRunspace, _ => new Connections());

    public IReadOnlyCollection<string> Names => [.. _all.Select(each => each.Name)];

    /// <summary>A name for a connection to this Koha: the shortest part of its address that no other Koha's connection has.</summary>
    public string NameFor(Uri apiRoot)
    {
        string[] names = [apiRoot.Host, apiRoot.Authority, apiRoot.Authority + apiRoot.AbsolutePath, apiRoot.ToString()];
        return names.First(name => name == apiRoot.ToString() || !_all.Exists(each => Is(each, name) && each.ApiRoot != apiRoot));
    }

    /// <summary>Makes a connection the default; one of the same name ends.</summary>
    public void Add(KohaConnection connection)
    {
        Remove(connection.Name);
        _all.Add(connection);
        _default = connection;
    }

    /// <summary>Ends a connection; null: all of them. Gives how many there were.</summary>
    public int Remove(string? name)
    {
        var gone = _all.Where(each => name is null || Is(each, name)).ToList();
        foreach (var connection in gone)
        {
            _all.Remove(connection);
            connection.Dispose();
        }

        if (_default is not null && gone.Contains(_default))
            _default = null;
        return gone.Count;
    }

    /// <summary>The connection that was given or named; null: the default.</summary>
    /// <exception cref="KohaPatronException">There is none, or it was ended.</exception>
    public KohaConnection Get(ConnectionOrName? given)
    {
        var found = given is null ? _default : given.Connection ?? _all.Find(each => Is(each, given.Name));
        return found is { IsOpen: true } ? found : throw new KohaPatronException(KohaRestNotices.NotConnected(given?.Name, Names));
    }

    private static bool Is(KohaConnection connection, string name) => string.Equals(connection.Name, name, StringComparison.OrdinalIgnoreCase);
}
