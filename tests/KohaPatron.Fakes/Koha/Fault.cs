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

    /// <summary>A letter of the first value is in another code page's bytes.</summary>
    Garbled,

    /// <summary>No answer for <see cref="Fault.Pause"/>.</summary>
    Stall,

    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>The right answer, after <see cref="Fault.Pause"/>.</summary>
    Late,

    /// <summary>An answer made otherwise by <see cref="Fault.Odd"/>.</summary>
    Odd,
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

    /// <summary>Whether all later ones fail too, as when a server goes down.</summary>
    public bool AndLater { get; init; }

    /// <summary>Whether the request takes its effect before the fault; late and odd answers always do.</summary>
    public bool AfterEffect { get; init; }

    public int Status { get; init; } = 500;

    /// <summary>Seconds in the Retry-After header, where there is one.</summary>
    public int? RetryAfter { get; init; }

    public TimeSpan Pause { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>What an odd answer is made of the right one: see <see cref="OddAnswers"/>.</summary>
    public Func<Answer, Answer> Odd { get; init; } = answer => answer;

    /// <summary>What happens at that moment, after the effect if there is one: a test can kill the program that asks.</summary>
    public Action? Meanwhile { get; init; }

    internal bool TakesEffect => AfterEffect || Kind is FaultKind.Late or FaultKind.Odd;

    internal bool Matches(string method, string path) =>
        (Method is null || Method == method) && (Path is null || Regex.IsMatch(path, Path, RegexOptions.None, TimeSpan.FromSeconds(1)));

    internal bool IsDue(int count) => Nth == 0 || count == Nth || (AndLater && count > Nth);
}
