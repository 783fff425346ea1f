using KohaPatron.Core.Koha.Rest;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that talk to Koha have in common: without a word they use the connection that was made last.</summary>
public abstract class ConnectedCmdlet : ConnectableCmdlet
{
    private protected KohaConnection GetConnection() => Connections.Mine.Get(Connection);
}
