using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>
/// The parameters that say which card numbers a cmdlet goes by. Cmdlets of several kinds have them, so they are no base
/// class: a cmdlet hands this object to the engine as its dynamic parameters, and holds it for itself.
/// </summary>
public class ProxParameters
{
    /// <summary>The prox report; left out: the settings' "proxReport".</summary>
    [Parameter(Position = 1)]
    [Alias("ProxPath")]
    [ValidateNotNullOrEmpty]
    public string? ProxReport { get; set; }

    // Not a parameter set of its own: the engine would choose between sets anew for each person.
    /// <summary>Card numbers that Import-ProxReport gave; instead of -ProxReport.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public PSObject[]? ProxNumber { get; set; }

    /// <summary>The card numbers, or null where no report is named.</summary>
    /// <exception cref="KohaPatronException">Both parameters were given, or the report cannot be read.</exception>
    internal ProxTable? Read(PSCmdlet cmdlet, KohaPatronSettings settings, Action<Notice> tell) => ProxTables.Read(cmdlet, settings, ProxReport, ProxNumber, tell);
}
