using System.Management.Automation;
using System.Reflection;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Objects that go from one cmdlet of this module to the next together.</summary>
internal sealed class Parcel(IReadOnlyList<object> items)
{
    /// <summary>What the cmdlet would have given one by one, in that order.</summary>
    public IReadOnlyList<object> Items { get; } = items;
}

/// <summary>A cmdlet that takes parcels too.</summary>
internal interface ITakesParcels;

/// <summary>
/// What a cmdlet gives down the pipeline. The engine takes longer to hand one object on than this module takes to make it:
/// where the next command is one that takes parcels, and nobody else can see what passes, many objects go as one.
/// </summary>
internal sealed class ParcelWriter(PSCmdlet cmdlet)
{
    // Enough that the engine's part is lost in ours, few enough that nobody waits for them.
    private const int Largest = 256;

    private readonly bool _sendsParcels = NextCommand(cmdlet) is ITakesParcels;
    private List<object> _items = [];

    /// <summary>Gives an object, now or with those that follow.</summary>
    /// <param name="item">The object.</param>
    /// <param name="shown">How anybody else than this module sees it; null: as it is.</param>
    public void Write(object item, Func<object>? shown = null)
    {
        if (!_sendsParcels)
        {
            cmdlet.WriteObject(shown is null ? item : shown());
            return;
        }

        _items.Add(item);
        if (_items.Count == Largest)
            Send();
    }

    /// <summary>Gives what is still kept: before anything is told, which must not overtake it, and at the end.</summary>
    public void Send()
    {
        if (_items.Count == 0)
            return;
        var parcel = new Parcel(_items);
        _items = new List<object>(Largest);
        cmdlet.WriteObject(parcel);
    }

    /// <summary>
    /// The command to which a cmdlet's objects go directly; null where there is none, where a variable or a buffer takes them
    /// on the way, or where an engine does not tell: it has no public way to.
    /// </summary>
    private static object? NextCommand(PSCmdlet cmdlet)
    {
        var given = cmdlet.MyInvocation.BoundParameters;
        return given.ContainsKey("OutVariable") || given.ContainsKey("PipelineVariable") || given.ContainsKey("OutBuffer")
            ? null
            : Hidden(Hidden(Hidden(cmdlet.CommandRuntime, "OutputPipe"), "DownstreamCmdlet"), "Command");
    }

    private static object? Hidden(object? owner, string property) =>
        owner?.GetType().GetProperty(property, BindingFlags.NonPublic | BindingFlags.Instance)?.GetValue(owner);
}
