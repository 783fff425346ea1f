using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>
/// Prox numbers as people have them at hand: what Import-ProxReport gives, the same after Import-Clixml or
/// ConvertFrom-Json, or the rows of the report itself.
/// </summary>
internal static class ProxNumbers
{
    /// <exception cref="KohaPatronException">Objects were given, and none of them is a number: all cards would be universal IDs.</exception>
    public static IEnumerable<ProxNumber> From(IEnumerable<PSObject> objects, CardNumberRule rule, Action<Notice> tell)
    {
        var (given, usable) = (0, 0);
        foreach (var item in objects)
        {
            given++;
            usable++;
            if (item.BaseObject is ProxNumber number)
                yield return number;
            else if (Value(item, "UniversalId") is { } universalId && item.Properties["CardNumber"] is not null)
                yield return new ProxNumber { UniversalId = UniversalIds.Key(universalId), CardNumber = Value(item, "CardNumber") };
            else if (Value(item, "Universal ID") is { } reportId && rule.Apply(Value(item, "Prox ID"), out var card) is CardNumberOutcome.Card or CardNumberOutcome.NoCard)
                yield return new ProxNumber { UniversalId = UniversalIds.Key(reportId), CardNumber = card };
            else
                Refuse();
        }

        if (given > 0 && usable == 0)
            throw new KohaPatronException(BindingNotices.NoProxNumber());

        void Refuse()
        {
            usable--;
            tell(BindingNotices.BadProxNumber());
        }
    }

    private static string? Value(PSObject item, string name) => item.Properties[name]?.Value?.ToString();
}
