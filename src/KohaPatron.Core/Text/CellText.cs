using System.Text;

namespace KohaPatron.Core.Text;

/// <summary>Text as Koha's columns take it.</summary>
internal static class CellText
{
    /// <summary>Trimmed text, or null where nothing is left.</summary>
    public static string? OrNull(string? value)
    {
        var text = value?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Whether a value holds characters that break Koha's reading line by line, or that no column should hold.</summary>
    public static bool NeedsFlattening(string value)
    {
        foreach (var letter in value)
        {
            if (IsBreak(letter))
                return true;
        }

        return false;
    }

    /// <summary>The value on one line: each run of line breaks and control characters becomes a space.</summary>
    public static string Flatten(string value)
    {
        if (!NeedsFlattening(value))
            return value;
        var text = new StringBuilder(value.Length);
        foreach (var letter in value)
        {
            if (!IsBreak(letter))
                text.Append(letter);
            else if (text.Length > 0 && text[text.Length - 1] != ' ')
                text.Append(' ');
        }

        return text.ToString().Trim();
    }

    // Comparisons instead of char.IsControl: this looks at every letter of every row, twice.
    // U+2028 and U+2029 end lines for some programs on the way.
    private static bool IsBreak(char letter) =>
        letter < ' ' ? letter != '\t' : letter >= '\u007F' && (letter <= '\u009F' || letter is '\u2028' or '\u2029');
}
