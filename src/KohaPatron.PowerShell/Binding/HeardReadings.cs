using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Binding;

/// <summary>The readings of exports behind what comes down the pipeline: those that begin meanwhile, and those that people and rows name.</summary>
internal sealed class HeardReadings : IDisposable
{
    private readonly Readings _session = Readings.Mine;
    private readonly HashSet<InputGaps> _readings;

    public HeardReadings() => _readings = _session.Listen();

    /// <summary>What could not be read, a clause each.</summary>
    public IReadOnlyList<string> Lost => [.. _readings.SelectMany(reading => reading.Lost)];

    /// <summary>What was not read, or not to its end, a clause each: whoever is missing may stand in it.</summary>
    public IReadOnlyList<string> Gaps => [.. _readings.SelectMany(reading => reading.Lost.Concat(reading.Missing))];

    public void Add(InputGaps? reading)
    {
        if (reading is not null)
            _readings.Add(reading);
    }

    public void Dispose() => _session.Leave(_readings);
}
