using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Completion;

/// <summary>Ends of semesters: the last days of the months for which the settings have a rule of expiry, the next ones first.</summary>
public sealed class SemesterEndCompleter : IArgumentCompleter
{
    private const int MonthsAhead = 24;

    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var months = SettingsSource.OfTyped(fakeBoundParameters).FacultyExpiry.ByMonth;
            var today = TimeProvider.System.GetLocalNow().Date;
            var first = today.AddDays(1 - today.Day);
            return [.. Words.Matching(
                Enumerable.Range(0, MonthsAhead)
                    .Select(month => first.AddMonths(month))
                    .Where(month => months.ContainsKey(month.Month))
                    .Select(month => IsoDay.Of(month.AddMonths(1).AddDays(-1))),
                wordToComplete)];
        }
        catch (KohaPatronException)
        {
            // Running the line will tell what is wrong with the settings.
            return [];
        }
    }
}
