namespace KohaPatron.Core.Notices;

/// <summary>
/// What one reading of inputs is known to lack, so far. People and rows hold the reading that they come from: what would
/// replace a file, or take somebody's absence as news, asks it first.
/// </summary>
internal sealed class InputGaps
{
    private readonly List<Func<string?>> _inputs = [];
    private readonly List<string> _missing = [];

    /// <summary>What could not be read, a clause each; empty: nothing was lost.</summary>
    public IReadOnlyList<string> Lost => [.. _inputs.Select(lack => lack()).OfType<string>()];

    /// <summary>Inputs that belong to those that were read and are not there, a clause each. Whoever stands in them is not gone.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Whether somebody's absence says nothing, because not everything was there and could be read.</summary>
    public bool MayLackPeople => _missing.Count > 0 || Lost.Count > 0;

    /// <summary>Adds an input that says, whenever it is asked, what it lacks.</summary>
    public void Watch(Func<string?> lack) => _inputs.Add(lack);

    /// <summary>Adds something that could not be read.</summary>
    public void AddLost(string clause) => _inputs.Add(() => clause);

    /// <summary>Adds an input that is not there.</summary>
    public void AddMissing(string clause) => _missing.Add(clause);
}
