using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;

namespace KohaPatron.PowerShell.Binding;

/// <summary>
/// Prox numbers as people have them at hand: what Import-ProxReport gives, the same after Import-Clixml or
/// ConvertFrom-Json, or the rows of the report itself.
/// </summary>
internal static class ProxNumbers
{
    public static IEnumerable<ProxNumber> From(IEnumerable<PSObject> objects, CardNumberRule rule, Action<Notice> tell)
    {
        foreach (var item in objects)
        {
            if (item.BaseObject is ProxNumber number)
                yield return number;
            else if (Value(item, "UniversalId") is { } universalId && item.Properties["CardNumber"] is not null)
                yield return new ProxNumber { UniversalId = UniversalIds.Key(universalId), CardNumber = Value(item, "CardNumber") };
            else if (Value(item, "Universal ID") is { } reportId && rule.Apply(Value(item, "Prox ID"), out var card) is CardNumberOutcome.Card or CardNumberOutcome.NoCard)
                yield return new ProxNumber { UniversalId = UniversalIds.Key(reportId), CardNumber = card };
            else
                tell(BindingNotices.BadProxNumber());
        }
    }

    private static string? Value(PSObject item, string name) => item.Properties[name]?.Value?.ToString();
}
