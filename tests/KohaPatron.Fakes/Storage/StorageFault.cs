using System.Globalization;
using System.Text.RegularExpressions;

namespace KohaPatron.Fakes.Storage;

/// <summary>What goes wrong with an answer.</summary>
public enum StorageFaultKind
{
    /// <summary>The status in <see cref="StorageFault.Status"/>.</summary>
    Status,

    /// <summary>The connection is reset before any byte.</summary>
    Reset,

    /// <summary>The body breaks off after <see cref="StorageFault.After"/> bytes.</summary>
    Cut,

    /// <summary>The connection is reset after <see cref="StorageFault.After"/> bytes.</summary>
    CutByReset,

    /// <summary>Nothing comes any more after <see cref="StorageFault.After"/> bytes.</summary>
    Stall,

    /// <summary>The byte after <see cref="StorageFault.After"/> bytes is another one.</summary>
    Corrupt,

    /// <summary>A part is answered with 200 and the whole object, without Content-Range.</summary>
    Whole,

    /// <summary>A part is answered with 200 and just that part, without a header that says so.</summary>
    Bare,

    /// <summary><see cref="StorageFault.Text"/> with status 200: a sign-in page, if nothing else.</summary>
    Text,
}

/// <summary>A fault that happens once.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record StorageFault(StorageFaultKind Kind)
{
    public int Status { get; init; } = 503;

    public long After { get; init; }

    public string Text { get; init; } = "<!DOCTYPE html><html><body>Please sign in</body></html>";

    public string Type { get; init; } = "text/html";

    /// <summary>Where a status says that the object is.</summary>
    public string? Location { get; init; }

    /// <summary>How many seconds a status says to wait.</summary>
    public long? RetryAfter { get; init; }

    /// <summary>A regular expression on path and query; content of objects when left out.</summary>
    public string Path { get; init; } = "alt=media";

    internal StorageAnswer Answer
    {
        get
        {
            var answer = new StorageAnswer(Status);
            if (Location is not null)
                answer = answer.With("Location", Location);
            return RetryAfter is { } seconds ? answer.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)) : answer;
        }
    }

    internal bool Matches(string path) => Regex.IsMatch(path, Path, RegexOptions.None, TimeSpan.FromSeconds(1));
}

/// <summary>The faults that are to happen, each at the next request that fits.</summary>
public sealed class StorageFaults
{
    private readonly Lock _gate = new();
    private readonly List<StorageFault> _faults = [];

    public void Add(params IEnumerable<StorageFault> faults)
    {
        lock (_gate)
            _faults.AddRange(faults);
    }

    /// <summary>Takes back what has not happened.</summary>
    public void Clear()
    {
        lock (_gate)
            _faults.Clear();
    }

    internal StorageFault? Next(string path)
    {
        lock (_gate)
        {
            var at = _faults.FindIndex(fault => fault.Matches(path));
            if (at < 0)
                return null;
            var fault = _faults[at];
            _faults.RemoveAt(at);
            return fault;
        }
    }
}
