using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Completion;

/// <summary>The names of the connections to Koha that are open.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Words.Matching(Connections.Mine.Names, wordToComplete);
}
