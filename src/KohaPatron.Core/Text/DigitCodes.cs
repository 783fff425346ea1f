using System.Runtime.CompilerServices;

namespace KohaPatron.Core.Text;

/// <summary>
/// Identifiers as numbers, so that hundreds of thousands of them can be kept and compared without an object each: digits
/// are their own number, leading zeros included; any other text is kept, and its number is its place.
/// </summary>
internal sealed class DigitCodes
{
    // A one goes before the digits and keeps their zeros: "01" is 101. With 18 of them that is still less than OtherText.
    private const int LongestDigits = 18;
    private const ulong OtherText = 1UL << 63;

    private readonly Dictionary<string, ulong> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>The number of a text; never 0.</summary>
    public ulong Of(ReadOnlySpan<char> text)
    {
        if (TryDigits(text, out var code))
            return code;
        var other = text.ToString();
        if (!_codes.TryGetValue(other, out code))
        {
            code = OtherText | (uint)_texts.Count;
            _codes.Add(other, code);
            _texts.Add(other);
        }

        return code;
    }

    /// <summary>The number of a text that may be there; 0 for one that is not.</summary>
    public ulong Find(ReadOnlySpan<char> text) =>
        TryDigits(text, out var code) || (_codes.Count > 0 && _codes.TryGetValue(text.ToString(), out code)) ? code : 0;

    /// <summary>The text of a number.</summary>
    public string Text(ulong code)
    {
        if ((code & OtherText) != 0)
            return _texts[(int)(code & ~OtherText)];
        Span<char> digits = stackalloc char[LongestDigits];
        var start = LongestDigits;
        for (; code > 1; code /= 10)
            digits[--start] = (char)('0' + code % 10);
        return digits.Slice(start).ToString();
    }

    [MethodImpl(Compile.Fully)]
    private static bool TryDigits(ReadOnlySpan<char> text, out ulong code)
    {
        code = 1;
        if (text.Length > LongestDigits)
            return false;
        foreach (var letter in text)
        {
            if (letter is < '0' or > '9')
                return false;
            code = code * 10 + (ulong)(letter - '0');
        }

        return true;
    }
}
