namespace KohaPatron.Core.PatronSync.Apply;

/// <summary>Gives results in the order of the input, each as soon as those before it are there, though the work ends in any order.</summary>
internal sealed class InputOrder<T>(Action<T> give)
{
    private readonly object _gate = new();
    private readonly SortedDictionary<int, T> _waiting = [];
    private int _next;

    public void Add(int place, T result)
    {
        lock (_gate)
        {
            _waiting.Add(place, result);
            while (_waiting.TryGetValue(_next, out var ready))
            {
                _waiting.Remove(_next++);
                give(ready);
            }
        }
    }

    /// <summary>Gives what still waits, when the run ended before the rest.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            foreach (var result in _waiting.Values)
                give(result);
            _waiting.Clear();
        }
    }
}
