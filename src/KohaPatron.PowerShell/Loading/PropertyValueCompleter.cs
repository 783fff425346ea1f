using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Cmdlets;
using KohaPatron.PowerShell.Completion;

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// What may stand after Where-Object's operator when this module's objects are piped to it: the names of a status, and of
/// people the majors, departments and levels that the export at hand really has. The module registers it for Where-Object;
/// pipelines of other commands get nothing from it, and PowerShell completes them as ever.
/// </summary>
public static class PropertyValueCompleter
{
    /// <summary>Long enough for an export on this machine, short enough for somebody who waits.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private static readonly Dictionary<string, Type> Cmdlets = typeof(PropertyValueCompleter).Assembly.GetExportedTypes()
        .Select(type => (Type: type, Name: type.GetCustomAttribute<CmdletAttribute>()))
        .Where(cmdlet => cmdlet.Name is not null)
        .ToDictionary(cmdlet => $"{cmdlet.Name!.VerbName}-{cmdlet.Name.NounName}", cmdlet => cmdlet.Type, StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets the current runspace ask here for the values after Where-Object's operators.</summary>
    public static void Register() => EngineTables.AddCompleter(
        "Where-Object:Value",
        ScriptBlock.Create($"param($command, $parameter, $word, $ast, $bound) [{typeof(PropertyValueCompleter).FullName}]::Complete($word, $ast, $bound)"));

    /// <summary>The values that the property has, or can have, of what the pipeline gives to the command.</summary>
    /// <param name="word">What is typed of the value so far.</param>
    /// <param name="whereObject">The command that filters.</param>
    /// <param name="bound">Its parameters, of which Property is the one that counts.</param>
    public static IEnumerable<CompletionResult> Complete(string word, CommandAst whereObject, IDictionary bound)
    {
        if (bound is null || whereObject is null || bound["Property"] is not string property || SourceOf(whereObject) is not { } source)
            return [];
        var cmdlet = Cmdlets[source.GetCommandName()];
        IEnumerable<string> values = NamesOf(cmdlet, property) is { } names ? names
            : cmdlet == typeof(GetWorkdayPatronCommand) && IsFirst(source) && IsHarmless(source) ? Values(source, property)
            : [];
        return Words.Matching(values, word);
    }

    /// <summary>The command of this module whose objects arrive, or null.</summary>
    private static CommandAst? SourceOf(CommandAst whereObject) => (whereObject.Parent as PipelineAst)?.PipelineElements
        .TakeWhile(element => element != whereObject)
        .OfType<CommandAst>()
        .LastOrDefault(command => command.GetCommandName() is { } name && Cmdlets.ContainsKey(name));

    /// <summary>The names that the property can have, where it is one of a few.</summary>
    private static string[]? NamesOf(Type cmdlet, string property) => cmdlet.GetCustomAttributes<OutputTypeAttribute>()
        .SelectMany(output => output.Type)
        .Select(type => type.Type?.GetProperty(property, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType)
        .FirstOrDefault(type => type?.IsEnum == true) is { } names ? Enum.GetNames(names) : null;

    /// <summary>Whether nothing is piped to the command: alone it would read something else.</summary>
    private static bool IsFirst(CommandAst command) => ((PipelineAst)command.Parent).PipelineElements[0] == command;

    /// <summary>Whether running the command to look at its output runs nothing else: it has texts and variables only.</summary>
    private static bool IsHarmless(CommandAst command) => command.Redirections.Count == 0 && command.Find(
        part => part is not (CommandAst or CommandParameterAst or ConstantExpressionAst or VariableExpressionAst or ArrayLiteralAst or ExpandableStringExpressionAst), searchNestedScriptBlocks: true) is null;

    private static SortedSet<string> Values(CommandAst source, string property)
    {
        var values = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        // Whoever looks at $Error wants to see the errors of what was run, not of what Tab tried.
        shell.AddScript($"{source.Extent.Text} -ErrorAction Ignore");
        using var limit = new CancellationTokenSource(Limit);
        using var stop = limit.Token.Register(() => shell.BeginStop(null, null));
        using var looking = StorageCmdlet.Look();
        using var people = new PSDataCollection<PSObject>();
        people.DataAdded += (_, _) =>
        {
            foreach (var person in people.ReadAll())
            {
                if (person.Properties[property]?.Value?.ToString() is { Length: > 0 } value)
                    values.Add(value);
            }
        };
        try
        {
            shell.Invoke(null, people);
        }
        catch (Exception)
        {
            // Stopped at the limit, or the export cannot be read: what was seen so far is offered; running the line will tell more.
        }

        return values;
    }
}
