using System.Globalization;
using System.Runtime.CompilerServices;

namespace KohaPatron.Core.Text;

/// <summary>Characters that nobody sees, and that nobody means in a name, a user id or a number.</summary>
internal static class HiddenLetter
{
    /// <summary>Where the first of them stands, from 0; -1: there is none.</summary>
    [MethodImpl(Compile.Fully)]
    public static int PlaceIn(ReadOnlySpan<char> value)
    {
        // This looks at every letter of every row, and nearly all are ASCII.
        for (var i = 0; i < value.Length; i++)
        {
            var letter = value[i];
            if (letter < '\u007F' ? letter < ' ' && letter != '\t' : Is(value, i))
                return i;
        }

        return -1;
    }

    /// <summary>Whether it parts words, and so becomes a space where it is taken out.</summary>
    public static bool PartsWords(char letter) => char.IsControl(letter) || letter is '\u00A0' or '\u2007' or '\u202F' or '\u2028' or '\u2029';

    /// <summary>Whether it ends a line; U+2028 and U+2029 do for some programs on the way.</summary>
    public static bool EndsLine(char letter) => letter is '\n' or '\v' or '\f' or '\r' or '\u0085' or '\u2028' or '\u2029';

    /// <summary>"a no-break space (U+00A0)".</summary>
    public static string InWords(char letter)
    {
        var name = letter switch
        {
            _ when EndsLine(letter) => "a line break",
            _ when char.IsControl(letter) => "a control character",
            '\u00A0' or '\u2007' or '\u202F' => "a no-break space",
            '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => "a mark of writing direction",
            _ => "a character without width",
        };
        return $"{name} (U+{((int)letter).ToString("X4", CultureInfo.InvariantCulture)})";
    }

    private static bool Is(ReadOnlySpan<char> value, int place) => value[place] switch
    {
        <= '\u00A0' or '\u00AD' or '\u061C' or '\u2007' or '\u200B' or '\u200E' or '\u200F' => true,
        (>= '\u2028' and <= '\u202F') or (>= '\u2060' and <= '\u206F') or '\uFEFF' => true,
        '\u200C' or '\u200D' => JoinsNothing(value, place),
        _ => false,
    };

    /// <summary>Persian names and emoji are written with joiners; between Latin letters they do nothing.</summary>
    private static bool JoinsNothing(ReadOnlySpan<char> value, int place) =>
        place == 0 || place == value.Length - 1 || value[place - 1] < '\u0250' || value[place + 1] < '\u0250';
}
