using System.Globalization;
using System.Text;

namespace KohaPatron.Core.Preflight.Matching;

/// <summary>The user ids that Koha makes up for a patron without one: firstname.surname, then with a number, until one is free.</summary>
internal static class MadeUpUserId
{
    public static IEnumerable<string> All(string firstName, string surname)
    {
        var (first, last) = (Letters(firstName), Letters(surname));
        var plain = first.Length > 0 ? first + "." + last : last;
        yield return plain;
        for (var number = 1; ; number++)
            yield return plain + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A name in small letters, without accents, digits, spaces and punctuation.</summary>
    private static string Letters(string name)
    {
        var letters = new StringBuilder(name.Length);
        foreach (var letter in name.Normalize(NormalizationForm.FormKD))
        {
            if (!char.IsDigit(letter) && !char.IsWhiteSpace(letter) && !char.IsPunctuation(letter) && !char.IsSymbol(letter) && !char.IsControl(letter)
                && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                letters.Append(char.ToLowerInvariant(letter));
        }

        return letters.ToString();
    }
}
