using System.Text;
using System.Text.Json;

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

    /// <summary>Yes or no, in the three spellings of Workday: <c>"1"</c>, <c>1</c> and <c>true</c>.</summary>
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

    private static bool? Flag(string? text) => text?.Trim() switch
    {
        "1" => true,
        "0" => false,
        null or "" => null,
        var word when string.Equals(word, "true", StringComparison.OrdinalIgnoreCase) => true,
        var word when string.Equals(word, "false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw JsonShape.Unexpected("yes or no (1, 0, true or false)", "something else"),
    };

    private static string Number(ref Utf8JsonReader reader) => Encoding.UTF8.GetString(reader.ValueSpan.ToArray());
}
