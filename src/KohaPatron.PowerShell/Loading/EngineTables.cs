using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace KohaPatron.PowerShell.Loading;

/// <summary>
/// The tables of the engine that it offers no public way to, or none that is quick enough. They are reached by reflection,
/// here and nowhere else; where a later engine has them no more, nothing is entered, and everything else works as ever.
/// </summary>
internal static class EngineTables
{
    private const BindingFlags Hidden = BindingFlags.NonPublic | BindingFlags.Instance;

    private static readonly Type? Accelerators = typeof(PSObject).Assembly.GetType("System.Management.Automation.TypeAccelerators");

    // One table for all runspaces, without locks of its own; several may import at once.
    private static readonly object Gate = new();

    private static object? Context => typeof(Runspace).GetProperty("ExecutionContext", Hidden)?.GetValue(Runspace.DefaultRunspace);

    /// <summary>Gives types short names that scripts can write in brackets, where these are free.</summary>
    public static void AddTypeNames(IEnumerable<Type> types)
    {
        lock (Gate)
        {
            // Made at the first look: two at once would each see one of their own, and one of them would not be the engine's.
            if (Accelerators?.GetProperty("Get", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not IDictionary<string, Type> taken)
                return;
            foreach (var type in types.Where(type => !taken.ContainsKey(type.Name)))
                Accelerators.GetMethod("Add", [typeof(string), typeof(Type)])?.Invoke(null, [type.Name, type]);
        }
    }

    /// <summary>Takes the short names back.</summary>
    public static void RemoveTypeNames(IEnumerable<Type> types)
    {
        lock (Gate)
        {
            foreach (var type in types)
                Accelerators?.GetMethod("Remove", [typeof(string)])?.Invoke(null, [type.Name]);
        }
    }

    /// <summary>
    /// Has the current runspace save values of some types as text. A file of types in the manifest does the same, and has the
    /// engine read all of its own types again.
    /// </summary>
    public static void SaveAsText(IEnumerable<Type> types)
    {
        if (Context?.GetType().GetProperty("TypeTable", Hidden)?.GetValue(Context) is not TypeTable table)
            return;
        foreach (var type in types)
            table.AddType(new TypeData(type.FullName!) { SerializationMethod = "String", IsOverride = true });
    }

    /// <summary>
    /// Lets the current runspace ask a script for the values of a parameter of another module's command. Register-ArgumentCompleter
    /// does the same, but running any command costs as much as the whole import of the module.
    /// </summary>
    public static void AddCompleter(string commandAndParameter, ScriptBlock completer)
    {
        var context = Context;
        if (context?.GetType().GetProperty("CustomArgumentCompleters", Hidden) is not { } table)
            return;
        var completers = (Dictionary<string, ScriptBlock>?)table.GetValue(context) ?? new Dictionary<string, ScriptBlock>(StringComparer.OrdinalIgnoreCase);
        completers[commandAndParameter] = completer;
        table.SetValue(context, completers);
    }
}
