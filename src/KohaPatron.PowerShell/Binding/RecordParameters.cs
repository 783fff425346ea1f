using System.Management.Automation;
using KohaPatron.PowerShell.Completion;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The parameters of cmdlets that hold rows against the records in Koha.</summary>
public sealed class RecordParameters : RowParameters
{
    /// <summary>The fields to compare: Koha's columns, and attributes by their type; left out: the settings' "compare".</summary>
    [Parameter]
    [ArgumentCompleter(typeof(PatronFieldCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Field { get; set; }
}
