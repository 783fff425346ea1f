using KohaPatron.Core.Files;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>The readings of exports behind what comes down the pipeline: those that begin meanwhile, and those that people and rows name.</summary>
internal sealed class HeardReadings : IDisposable
{
    private readonly Readings _session = Readings.Mine;
    private readonly HashSet<InputReading> _readings;
    private InputReading? _last;

    public HeardReadings() => _readings = _session.Listen();

    /// <summary>What could not be read, a clause each.</summary>
    public IReadOnlyList<string> Lost => [.. _readings.SelectMany(reading => reading.Lost)];

    /// <summary>What was not read, or not to its end, a clause each: whoever is missing may stand in it.</summary>
    public IReadOnlyList<string> Gaps => [.. _readings.SelectMany(reading => reading.Lost.Concat(reading.Missing))];

    /// <summary>The names of what was read to its end, those too that held nobody.</summary>
    public IEnumerable<string> WholeFiles => _readings.SelectMany(reading => reading.WholeFiles).Distinct(StringComparer.Ordinal);

    /// <summary>Whether a file is one of those that were read.</summary>
    public bool IsInput(string path) => _readings.SelectMany(reading => reading.Files).Any(file => FileLink.AreSame(file, path));

    public void Add(InputReading? reading)
    {
        // Nearly all of a pipeline come from one reading.
        if (reading is not null && !ReferenceEquals(reading, _last))
            _readings.Add(_last = reading);
    }

    /// <summary>Adds the readings of the rows that share a value; false: nobody knows them.</summary>
    public bool AddBehind(string value)
    {
        if (_session.Behind(value) is not { } known)
            return false;
        _readings.UnionWith(known);
        return true;
    }

    /// <summary>Adds the session's last reading.</summary>
    public void AddLast() => Add(_session.Last);

    public void Dispose() => _session.Leave(_readings);
}
