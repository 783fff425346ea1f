using System.Management.Automation;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Completions of a word from a list of possible ones, quoted where PowerShell needs it.</summary>
internal static class Words
{
    private const char Quote = '\'';

    /// <summary>The possible words that go on as the typed one begins, in whichever case and quotes it was typed.</summary>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> possible, string? typed)
    {
        var start = (typed ?? string.Empty).Trim(Quote, '"');
        return possible
            .Where(word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(Quoted(word), word, CompletionResultType.ParameterValue, word));
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_') ? word : Quote + word.Replace("'", "''") + Quote;
}
