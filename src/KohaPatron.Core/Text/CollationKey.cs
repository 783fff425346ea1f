using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace KohaPatron.Core.Text;

/// <summary>
/// Text as Koha's database compares it: case, accents and trailing spaces make no difference, so that
/// <c>ZMÜLLER</c> and <c>zmuller</c> are one user id to it.
/// </summary>
internal static class CollationKey
{
    /// <summary>A hash (FNV-1a) of the text as the database compares it; of plain letters without making a text of them.</summary>
    [MethodImpl(Compile.Fully)]
    public static ulong Hash(string value)
    {
        if (!IsAscii(value))
            value = Of(value);
        var length = value.Length;
        while (length > 0 && value[length - 1] == ' ')
            length--;
        var hash = 14695981039346656037;
        for (var i = 0; i < length; i++)
            hash = (hash ^ (uint)(value[i] is >= 'a' and <= 'z' ? value[i] - 32 : value[i])) * 1099511628211;
        return hash;
    }

    /// <summary>The text in the form that all equal texts share.</summary>
    public static string Of(string value)
    {
        var text = value.TrimEnd(' ');
        return IsAscii(text) ? text.ToUpperInvariant() : WithoutAccents(text).ToUpperInvariant();
    }

    [MethodImpl(Compile.Fully)]
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
