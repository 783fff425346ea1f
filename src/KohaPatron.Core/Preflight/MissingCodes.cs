using System.Globalization;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Preflight;

/// <summary>A code that Koha lacks is the fault of a setting, not of each row that has it: one problem a code.</summary>
internal sealed class MissingCodes
{
    private const int SampleLines = 3;

    private readonly Dictionary<(PatronCsvRule Rule, string Message), (PatronCsvProblem First, List<int> Lines)> _held = [];

    /// <summary>Whether a problem is kept back until <see cref="Release"/>.</summary>
    public bool Holds(PatronCsvProblem problem)
    {
        if (problem.Rule is not (PatronCsvRule.UnknownLibrary or PatronCsvRule.UnknownCategory or PatronCsvRule.UnknownAttributeType))
            return false;
        if (!_held.TryGetValue((problem.Rule, problem.Message), out var code))
            _held.Add((problem.Rule, problem.Message), code = (problem, []));
        code.Lines.Add(problem.Line);
        return true;
    }

    /// <summary>The problems that were kept back, with all their lines.</summary>
    public IReadOnlyList<PatronCsvProblem> Release()
    {
        List<PatronCsvProblem> released = [.. _held.Values.Select(code => code.Lines.Count == 1 ? code.First : Of(code.First, code.Lines))];
        _held.Clear();
        return released;
    }

    private static PatronCsvProblem Of(PatronCsvProblem first, List<int> lines)
    {
        var some = string.Join(", ", lines.Take(SampleLines).Select(line => line.ToString(CultureInfo.InvariantCulture)));
        var more = lines.Count > SampleLines ? $" and {Counted.Number(lines.Count - SampleLines)} more" : string.Empty;
        return first with { UserId = null, Message = $"{first.Message} So {Counted.Of(lines.Count, "row")}: lines {some}{more}.", Lines = lines };
    }
}
