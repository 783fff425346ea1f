using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that talk to Koha have in common: which connection they use.</summary>
public abstract class ConnectedCmdlet : SettingsCmdlet
{
    /// <summary>The connection, as Connect-Koha -PassThru gives it, or its name; the last one made when left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionOrName? Connection { get; set; }

    private protected KohaConnection GetConnection() => Connections.Mine.Get(Connection);
}
