using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>What a value should have been and what was found, in words; never the value itself.</summary>
internal static class JsonShape
{
    public static JsonShapeException Unexpected(string expected, JsonTokenType found) => Unexpected(expected, InWords(found));

    public static JsonShapeException Unexpected(string expected, string found) => new($"should be {expected}, found {found}");

    public static string InWords(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "text",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "something else",
    };
}

/// <summary>A value of the wrong shape.</summary>
internal sealed class JsonShapeException(string message, string within = "") : Exception(message)
{
    /// <summary>Where in the field it stands, such as <c>[0].program</c>; empty: the field itself.</summary>
    public string Within { get; } = within;
}
