using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.PowerShell.Sources;

/// <summary>A connection as people have it at hand: what Connect-Koha -PassThru gave, or its name.</summary>
public sealed class ConnectionOrName
{
    public ConnectionOrName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ArgumentException("The name of a connection is blank.", nameof(name));
        Name = name;
    }

    public ConnectionOrName(KohaConnection connection)
    {
        Connection = connection ?? throw new ArgumentNullException(nameof(connection));
        Name = connection.Name;
    }

    /// <summary>The connection's name.</summary>
    public string Name { get; }

    internal KohaConnection? Connection { get; }

    public override string ToString() => Name;
}
