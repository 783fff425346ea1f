using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>
/// The readings of exports in a runspace. People and rows know their own reading; but of an export from which nobody came,
/// and of rows that Select-Object made anew, a cmdlet at the end of the pipeline knows only by having listened meanwhile.
/// </summary>
internal sealed class Readings
{
    private static readonly ConditionalWeakTable<Runspace, Readings> ByRunspace = new();

    private readonly List<HashSet<InputReading>> _listeners = [];
    private readonly ConditionalWeakTable<string, HashSet<InputReading>> _byValue = new();

    /// <summary>The readings of the runspace that asks.</summary>
    public static Readings Mine => ByRunspace.GetValue(Runspace.DefaultRunspace, _ => new Readings());

    /// <summary>The reading that began last.</summary>
    public InputReading? Last { get; private set; }

    /// <summary>A new reading; whoever listens hears of it.</summary>
    public InputReading Begin()
    {
        Last = new InputReading();
        foreach (var heard in _listeners)
            heard.Add(Last);
        return Last;
    }

    /// <summary>Hears of the readings that begin from now on, until <see cref="Leave"/>.</summary>
    public HashSet<InputReading> Listen()
    {
        var heard = new HashSet<InputReading>();
        _listeners.Add(heard);
        return heard;
    }

    /// <summary>
    /// Keeps which readings the rows come from that share a value: the very text, not one that reads alike. Select-Object
    /// makes a row anew and leaves its values as they are.
    /// </summary>
    public void Mark(string value, InputReading reading) => _byValue.GetOrCreateValue(value).Add(reading);

    /// <summary>The readings that rows with this very value come from; null where nobody marked it.</summary>
    public IReadOnlyCollection<InputReading>? Behind(string value) => _byValue.TryGetValue(value, out var readings) ? readings : null;

    public void Leave(HashSet<InputReading> heard) => _listeners.Remove(heard);
}
