using System.Management.Automation;
using System.Management.Automation.Language;

namespace KohaPatron.PowerShell.Completion;

/// <summary>Completions of a word from a list of possible ones, quoted where PowerShell needs it.</summary>
internal static class Words
{
    private const char Quote = '\'';

    /// <summary>The possible words that go on as the typed one begins, in whichever case and quotes it was typed.</summary>
    public static IEnumerable<CompletionResult> Matching(IEnumerable<string> possible, string? typed)
    {
        var start = Unquoted(typed);
        return possible
            .Where(word => word.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(Quoted(word), word, CompletionResultType.ParameterValue, word));
    }

    /// <summary>The word without the quotes that it was typed with.</summary>
    public static string Unquoted(string? typed) => (typed ?? string.Empty).Trim(Quote, '"');

    /// <summary>PowerShell takes typographic quotes for straight ones; a name with one must not end there and be run on.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && char.IsLetterOrDigit(word[0]) && word.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':')
            ? word
            : Quote + CodeGeneration.EscapeSingleQuotedStringContent(word) + Quote;
}
