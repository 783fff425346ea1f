using System.Collections;
using System.Management.Automation;
using System.Reflection;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>Objects that go from one cmdlet of this module to the next together.</summary>
internal sealed class Parcel<T>(IReadOnlyList<T> items)
{
    /// <summary>What the cmdlet would have given one by one, in that order.</summary>
    public IReadOnlyList<T> Items { get; } = items;
}

/// <summary>A cmdlet that takes parcels too.</summary>
internal interface ITakesParcels
{
    /// <summary>Of which objects. As a type argument it would have to be loaded with the cmdlet, before anybody knows where Core is.</summary>
    Type Parcels { get; }
}

/// <summary>A cmdlet that can do a part of its work on objects of parcels before it gets them.</summary>
internal interface IWorksAhead : ITakesParcels
{
    /// <summary>Does it for one object, after BeginProcessing and on another thread than the pipeline's, one after the other: nothing may be given or told.</summary>
    void WorkAhead(object item);
}

/// <summary>
/// What a cmdlet gives down the pipeline. The engine takes longer to hand one object on than this module takes to make it:
/// where the next command is one that takes parcels of them, and nobody else can see what passes, many objects go as one.
/// </summary>
internal sealed class ParcelWriter<T>(Cmdlet cmdlet)
    where T : notnull
{
    // Enough that the engine's part is lost in ours, few enough that nobody waits for them.
    private const int Largest = 256;

    private static readonly object Unknown = new();

    private List<T> _items = [];

    /// <summary>The cmdlet that takes parcels of these; null: they go one by one.</summary>
    public ITakesParcels? Taker { get; } =
        NextCommand(cmdlet) is PSCmdlet next and ITakesParcels taker && taker.Parcels == typeof(T) && !next.MyInvocation.BoundParameters.ContainsKey("InputObject") ? taker : null;

    /// <summary>Gives an object, now or with those that follow.</summary>
    /// <param name="item">The object.</param>
    /// <param name="shown">How anybody else than this module sees it; null: as it is.</param>
    public void Write(T item, Func<T, object>? shown = null)
    {
        if (Taker is null)
        {
            cmdlet.WriteObject(shown is null ? item : shown(item));
            return;
        }

        _items.Add(item);
        if (_items.Count == Largest)
            Send();
    }

    /// <summary>Gives what is still kept: before anything else is given or told, which must not overtake it, and at the end.</summary>
    public void Send()
    {
        if (_items.Count == 0)
            return;
        var parcel = new Parcel<T>(_items);
        _items = new List<T>(Largest);
        cmdlet.WriteObject(parcel);
    }

    /// <summary>
    /// The command to which a cmdlet's objects go directly; null where there is none, where a variable or a buffer takes them
    /// on the way, or where an engine does not tell: it has no public way to. A function around the cmdlet gives its objects
    /// through the same pipe, which knows the function's variables too.
    /// </summary>
    private static object? NextCommand(Cmdlet cmdlet)
    {
        var pipe = Hidden(cmdlet.CommandRuntime, "OutputPipe");
        return Hidden(pipe, "_outVariableList") is null or ICollection { Count: 0 } && Hidden(pipe, "_pipelineVariableObject") is null && Hidden(pipe, "OutBufferCount") is 0
            ? Hidden(Hidden(pipe, "DownstreamCmdlet"), "Command")
            : null;
    }

    /// <summary>The value of a property or a field of the engine's; something else than any value where it has none of that name.</summary>
    private static object? Hidden(object? owner, string name)
    {
        const BindingFlags flags = BindingFlags.NonPublic | BindingFlags.Instance;
        var type = owner?.GetType();
        return type?.GetProperty(name, flags) is { } property ? property.GetValue(owner)
            : type?.GetField(name, flags) is { } field ? field.GetValue(owner)
            : Unknown;
    }
}
