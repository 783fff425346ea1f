using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Completion;

/// <summary>The names of the settings; the built-in rules name them all.</summary>
public sealed class SettingNameCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.Matching(SettingsLoader.Load(new SettingsRequest(null, null, null, null)).InForce.Value.Select(setting => setting.Name), wordToComplete);
}
