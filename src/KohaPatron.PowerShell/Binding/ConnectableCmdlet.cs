using System.Management.Automation;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets have in common that can ask Koha: which connection is meant.</summary>
public abstract class ConnectableCmdlet : SettingsCmdlet
{
    /// <summary>The connection, as Connect-Koha -PassThru gives it, or its name.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNull]
    public ConnectionOrName? Connection { get; set; }
}
