using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Koha's own words, made fit to be shown: whatever stands behind the address may have put anything into them.</summary>
internal static class KohaWords
{
    private const int Longest = 200;
    private const string LeftOut = "…";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Regex Tag = new("<[^<>]*>", RegexOptions.CultureInvariant, Limit);

    // What follows these words, whatever it looks like.
    private static readonly Regex Secret = new(@"(?<kept>\b(Bearer|Basic|token|secret|password)(""?\s*[:=]\s*""?|\s+(?=\S*\d)))[^\s"",;}]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Limit);

    // The value of an attribute, or that of a column of which the database complains.
    private static readonly Regex Value = new(@"(?<kept>\bvalue=|\bDuplicate entry |\bvalue:? (?='))('[^']*'|\S+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Limit);

    // A token has many letters and digits in one piece; a card or an ID has many digits.
    private static readonly Regex Opaque = new(@"(?=[\w+/=.~-]*\d)[\w+/=.~-]{20,}(?!@)|\d{4,}", RegexOptions.CultureInvariant, Limit);
    private static readonly Regex EMail = new(@"[\w.+'%-]+@[\w-]+(\.[\w-]+)*", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Limit);
    private static readonly Regex Gap = new(@"\s+", RegexOptions.CultureInvariant, Limit);

    /// <summary>The text without markup, control characters, tokens, cards, e-mail addresses and values, on one line of bearable length.</summary>
    public static string Shown(string said)
    {
        // The patterns are for short texts; nobody reads on after that.
        var text = new StringBuilder();
        foreach (var letter in said.Length > 4 * Longest ? said.Substring(0, 4 * Longest) : said)
            text.Append(IsShown(letter) ? letter : ' ');
        var shown = Tag.Replace(text.ToString(), " ");
        shown = Secret.Replace(shown, "${kept}" + LeftOut);
        shown = Value.Replace(shown, "${kept}" + LeftOut);
        shown = EMail.Replace(shown, LeftOut);
        shown = Gap.Replace(Opaque.Replace(shown, LeftOut), " ").Trim();
        return shown.Length > Longest ? shown.Substring(0, Longest).TrimEnd() + LeftOut : shown;
    }

    private static bool IsShown(char letter) => char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
