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

    /// <summary>The value as a row of the import holds it, on one line and without what nobody sees; null where nothing is left.</summary>
    public static string? Clean(string? value) => OrNull(value is null ? null : Flatten(value));

    /// <summary>Whether a value holds characters that break Koha's reading line by line, or that no column should hold.</summary>
    public static bool NeedsFlattening(string value) => HiddenLetter.PlaceIn(value) >= 0;

    /// <summary>The value on one line: each run of line breaks, control characters and no-break spaces becomes a space, other hidden characters go.</summary>
    public static string Flatten(string value)
    {
        var place = HiddenLetter.PlaceIn(value);
        if (place < 0)
            return value;
        var text = new StringBuilder(value);
        for (; place >= 0; place = HiddenLetter.PlaceIn(value = text.ToString()))
        {
            var isSpace = HiddenLetter.PartsWords(text[place]) && place > 0 && text[place - 1] != ' ';
            text.Remove(place, 1);
            if (isSpace)
                text.Insert(place, ' ');
        }

        return value.Trim();
    }
}
