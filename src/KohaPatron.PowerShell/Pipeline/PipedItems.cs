using System.Management.Automation;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>What comes down the pipeline at once: an object, or in Windows PowerShell the list that its ConvertFrom-Json gives as one.</summary>
internal static class PipedItems
{
    public static IEnumerable<PSObject> Of(PSObject? input) =>
        (input?.BaseObject is object[] list ? list : [input!]).Select(item => PSObject.AsPSObject(item ?? string.Empty));
}
