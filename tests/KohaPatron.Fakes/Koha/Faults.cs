namespace KohaPatron.Fakes.Koha;

/// <summary>The faults that are to happen.</summary>
public sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly List<(Fault Fault, int Seen)> _faults = [];

    public void Add(Fault fault)
    {
        lock (_gate)
            _faults.Add((fault, 0));
    }

    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    /// <summary>The fault of a request: the first that is due. Each counts the requests that it matches.</summary>
    internal Fault? Next(string method, string path)
    {
        lock (_gate)
        {
            Fault? due = null;
            for (var i = 0; i < _faults.Count; i++)
            {
                var (fault, seen) = _faults[i];
                if (!fault.Matches(method, path))
                    continue;
                _faults[i] = (fault, seen + 1);
                if (fault.IsDue(seen + 1))
                    due ??= fault;
            }

            return due;
        }
    }
}
