using System.Globalization;
using System.Text;

namespace KohaPatron.Fakes.Koha;

/// <summary>How the database compares: case, accents and trailing spaces make no difference.</summary>
internal static class Collation
{
    public static bool Same(string one, string other) => Key(one) == Key(other);

    public static string Key(string text)
    {
        if (System.Text.Ascii.IsValid(text))
            return text.TrimEnd(' ').ToUpperInvariant();
        var plain = text.TrimEnd(' ').Normalize(NormalizationForm.FormD)
            .Where(letter => CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark);
        return string.Concat(plain).ToUpperInvariant();
    }
}
