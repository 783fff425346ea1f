using System.Globalization;
using System.Text;

namespace KohaPatron.Core.Registration;

/// <summary>
/// Text as Koha's database compares it: case, accents and trailing spaces make no difference, so that
/// <c>ZMÜLLER</c> and <c>zmuller</c> are one user id to it.
/// </summary>
internal static class CollationKey
{
    public static string Of(string value)
    {
        var text = value.TrimEnd(' ');
        return IsAscii(text) ? text.ToUpperInvariant() : WithoutAccents(text).ToUpperInvariant();
    }

    private static bool IsAscii(string text)
    {
        foreach (var letter in text)
        {
            if (letter > 127)
                return false;
        }

        return true;
    }

    private static string WithoutAccents(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
                plain.Append(letter);
        }

        return plain.ToString();
    }
}
