using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Completion;

/// <summary>Offers the fields of a record that can be compared: Koha's columns, and the settings' types of attributes.</summary>
public sealed class PatronFieldCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return [.. Words.Matching(RecordPlanOptions.Known(SettingsSource.OfTyped(fakeBoundParameters).Attributes), wordToComplete)];
        }
        catch (KohaPatronException)
        {
            // What is wrong with the settings is said when the line runs.
            return [];
        }
    }
}
