using System.Collections.Concurrent;

namespace KohaPatron.Core.Notices;

/// <summary>
/// One reading of inputs: of which files, and what it is known to lack, so far. People and rows hold the reading that they
/// come from: what would replace a file, or take somebody's absence as news, asks it first.
/// </summary>
internal sealed class InputReading
{
    private readonly List<Func<string?>> _inputs = [];
    private readonly HashSet<string> _expected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wholeFiles = new(StringComparer.Ordinal);

    // Exports are opened on a thread of their own.
    private readonly ConcurrentDictionary<string, bool> _files = new(StringComparer.Ordinal);

    /// <summary>The files that people and rows are made of, by their full paths: exports, the prox report, the settings.</summary>
    public IEnumerable<string> Files => _files.Keys;

    /// <summary>What could not be read, a clause each; empty: nothing was lost.</summary>
    public IReadOnlyList<string> Lost => [.. _inputs.Select(lack => lack()).OfType<string>()];

    /// <summary>Inputs that belong together and were not all read to their end, a clause each. Whoever stands in them is not gone.</summary>
    public IReadOnlyList<string> Missing => [.. _expected.Except(_whole).Select(input => $"{input} was not read to its end")];

    /// <summary>The names of the inputs that were read to their end, those too that held nobody.</summary>
    public IEnumerable<string> WholeFiles => _wholeFiles;

    /// <summary>Whether somebody's absence says nothing, because not everything was there and could be read.</summary>
    public bool MayLackPeople => Missing.Count > 0 || Lost.Count > 0;

    /// <summary>Adds a file; null: there is none.</summary>
    public void AddFile(string? path)
    {
        if (path is not null)
            _files[path] = true;
    }

    /// <summary>Adds an input that says, whenever it is asked, what it lacks.</summary>
    public void Watch(Func<string?> lack) => _inputs.Add(lack);

    /// <summary>Adds something that could not be read.</summary>
    public void AddLost(string clause) => _inputs.Add(() => clause);

    /// <summary>Names the inputs that belong together: each is missing until it was read to its end.</summary>
    public void Expect(IEnumerable<string> inputs) => _expected.UnionWith(inputs);

    /// <summary>Tells that an input was read to its end.</summary>
    /// <param name="input">As it is expected; null: nobody expects it.</param>
    /// <param name="file">The name that it has, without its folder.</param>
    public void AddWhole(string? input, string file)
    {
        if (input is not null)
            _whole.Add(input);
        _wholeFiles.Add(file);
    }
}
