using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Koha;

/// <summary>What goes wrong with an answer.</summary>
public enum FaultKind
{
    /// <summary>The status in <see cref="Fault.Status"/>, with Koha's error body.</summary>
    Status,

    /// <summary>A web page in place of JSON, with the status in <see cref="Fault.Status"/>.</summary>
    Html,

    /// <summary>The body breaks off in the middle.</summary>
    CutBody,

    /// <summary>No answer for <see cref="Fault.Pause"/>.</summary>
    Stall,

    /// <summary>The connection is reset.</summary>
    Reset,
}

/// <summary>A fault of the server, and which requests it befalls.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>The method; null: any.</summary>
    public string? Method { get; init; }

    /// <summary>A regular expression on path and query; null: any.</summary>
    public string? Path { get; init; }

    /// <summary>Which of the matching requests, from 1; 0: every one.</summary>
    public int Nth { get; init; }

    /// <summary>Whether the request takes its effect before the fault.</summary>
    public bool AfterEffect { get; init; }

    public int Status { get; init; } = 500;

    /// <summary>Seconds in the Retry-After header, where there is one.</summary>
    public int? RetryAfter { get; init; }

    public TimeSpan Pause { get; init; } = Timeout.InfiniteTimeSpan;

    internal bool Matches(string method, string path) =>
        (Method is null || Method == method) && (Path is null || Regex.IsMatch(path, Path, RegexOptions.None, TimeSpan.FromSeconds(1)));
}

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
                if (fault.Nth == 0 || fault.Nth == seen + 1)
                    due ??= fault;
            }

            return due;
        }
    }
}
