using System.Text;
using System.Text.Json;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Workday;

/// <summary>The kinds of value that a field may hold.</summary>
internal static class WorkdayValue
{
    /// <summary>Text; a bare number is taken as it is written.</summary>
    /// <exception cref="JsonShapeException">The value is of another kind.</exception>
    public static string? Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.Number => Number(ref reader),
        _ => throw JsonShape.Unexpected("text", reader.TokenType),
    };

    /// <summary>A number that names somebody: text as it is, but not what a program that reckons has made of it.</summary>
    /// <exception cref="JsonShapeException">The value is of another kind, or its digits are gone.</exception>
    public static string? Identifier(ref Utf8JsonReader reader)
    {
        var isNumber = reader.TokenType == JsonTokenType.Number;
        var text = Text(ref reader);
        if (isNumber && text!.IndexOfAny(['.', 'e', 'E', '-']) >= 0)
            throw JsonShape.Unexpected("digits", "a number like 1.0");
        if (SpreadsheetNumber.Is(text.AsSpan().Trim()))
            throw JsonShape.Unexpected("digits", "a number like 1.0E+06");
        return text;
    }

    /// <summary>Text or a list of texts, which becomes one text with commas.</summary>
    /// <exception cref="JsonShapeException">The value is of another kind.</exception>
    public static string? TextList(ref Utf8JsonReader reader, WorkdayTerms terms)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return terms.Read(ref reader);
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text(ref reader) is { } text)
                texts.Add(text);
        }

        return string.Join(", ", texts);
    }

    /// <summary>Yes or no, in the spellings of Workday: <c>"1"</c>, <c>1</c>, <c>true</c>, <c>Yes</c> and <c>Y</c>.</summary>
    /// <exception cref="JsonShapeException">The value is of another kind.</exception>
    public static bool? Flag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        JsonTokenType.String => Flag(reader.GetString()),
        JsonTokenType.Number => Flag(Number(ref reader)),
        _ => throw JsonShape.Unexpected("yes or no (1, 0, true or false)", reader.TokenType),
    };

    /// <summary>Yes or no in a text; blank: nobody says.</summary>
    /// <exception cref="JsonShapeException">The text is something else.</exception>
    public static bool? Flag(string? text) => text?.Trim() switch
    {
        null or "" => null,
        "1" => true,
        "0" => false,
        var word when Is(word, "true") || Is(word, "yes") || Is(word, "y") => true,
        var word when Is(word, "false") || Is(word, "no") || Is(word, "n") => false,
        _ => throw JsonShape.Unexpected("yes or no (1, 0, true or false)", "something else"),
    };

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static string Number(ref Utf8JsonReader reader) => Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
}
