using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace KohaPatron.Core.Text;

/// <summary>
/// Text as Koha's database compares it: case, accents and trailing spaces make no difference, so that
/// <c>ZMÜLLER</c> and <c>zmuller</c> are one user id to it.
/// </summary>
internal static class CollationKey
{
    private const int LongestOnStack = 64;

    /// <summary>A hash of the text as the database compares it.</summary>
    public static ulong Hash(string value)
    {
        if (value.Length > LongestOnStack || !IsAscii(value))
            return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Of(value).AsSpan()));
        Span<char> folded = stackalloc char[LongestOnStack];
        var length = value.Length;
        while (length > 0 && value[length - 1] == ' ')
            length--;
        for (var i = 0; i < length; i++)
            folded[i] = value[i] is >= 'a' and <= 'z' ? (char)(value[i] - 32) : value[i];
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(folded.Slice(0, length)));
    }

    /// <summary>The text in the form that all equal texts share.</summary>
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
