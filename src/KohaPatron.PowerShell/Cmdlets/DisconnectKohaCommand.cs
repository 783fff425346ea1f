using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>Ends connections to Koha and forgets their secrets and tokens.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Koha")]
[OutputType(typeof(void))]
public sealed class DisconnectKohaCommand : KohaPatronCmdlet
{
    /// <summary>The connection's name; all when left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    protected override void Process()
    {
        if (Connections.Mine.Remove(Name) == 0 && Name is not null)
            Tell(KohaRestNotices.NotConnected(Name, Connections.Mine.Names));
    }
}
