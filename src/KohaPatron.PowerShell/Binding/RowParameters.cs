using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The parameters of cmdlets that take rows, and make them of people where the semester's end is given.</summary>
public class RowParameters : ProxParameters
{
    /// <summary>The last day of the semester, for people.</summary>
    [Parameter]
    [IsoDate]
    [ArgumentCompleter(typeof(SemesterEndCompleter))]
    [Alias("SemesterEnd", "EndDate")]
    public DateTime? End { get; set; }

    /// <summary>What makes rows of what is piped.</summary>
    internal RowInput Open(PSCmdlet cmdlet, KohaPatronSettings settings, Action<Notice> tell) => new(settings, End, () => Read(cmdlet, settings, tell), tell);
}
