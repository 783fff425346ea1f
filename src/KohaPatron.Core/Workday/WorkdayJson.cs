using System.Text.Json;
using System.Text.Json.Serialization;

namespace KohaPatron.Core.Workday;

/// <summary>Source-generated reading and writing of records; no reflection per record.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WorkdayTextConverter), typeof(WorkdayFlagConverter)])]
[JsonSerializable(typeof(WorkdayStudent))]
[JsonSerializable(typeof(WorkdayEmployee))]
[JsonSerializable(typeof(WorkdayProgram))]
internal sealed partial class WorkdayJson : JsonSerializerContext;

/// <summary>
/// Text that few values share among many people, such as programs and etypes: each is kept once, instead of once a person.
/// </summary>
internal sealed class WorkdayTermConverter : JsonConverter<string?>
{
    private const int Places = 512;
    private const int LongestTerm = 64;

    // Reading runs on one thread an export; exports may be read side by side.
    [ThreadStatic]
    private static (byte[] Utf8, string Text)[]? s_terms;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > LongestTerm)
            return Text.Read(ref reader, typeToConvert, options);
        var utf8 = reader.ValueSpan;
        ref var place = ref (s_terms ??= new (byte[], string)[Places])[(int)(System.IO.Hashing.XxHash3.HashToUInt64(utf8) % Places)];
        if (place.Utf8 is null || !utf8.SequenceEqual(place.Utf8))
            place = (utf8.ToArray(), reader.GetString()!);
        return place.Text;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static readonly WorkdayTextConverter Text = new();
}

/// <summary>Text; a bare number is taken as it is written.</summary>
internal sealed class WorkdayTextConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.Number => JsonSlice.Text(ref reader),
        _ => throw JsonShape.Unexpected("text", reader.TokenType),
    };

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Yes or no, in the three spellings of Workday: <c>"1"</c>, <c>1</c> and <c>true</c>.</summary>
internal sealed class WorkdayFlagConverter : JsonConverter<bool?>
{
    public override bool? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Null => null,
        JsonTokenType.String => Parse(reader.GetString()),
        JsonTokenType.Number => Parse(JsonSlice.Text(ref reader)),
        _ => throw JsonShape.Unexpected("yes or no (1, 0, true or false)", reader.TokenType),
    };

    public override void Write(Utf8JsonWriter writer, bool? value, JsonSerializerOptions options)
    {
        if (value is { } flag)
            writer.WriteStringValue(flag ? "1" : "0");
        else
            writer.WriteNullValue();
    }

    private static bool? Parse(string? text) => text?.Trim() switch
    {
        "1" => true,
        "0" => false,
        null or "" => null,
        var word when string.Equals(word, "true", StringComparison.OrdinalIgnoreCase) => true,
        var word when string.Equals(word, "false", StringComparison.OrdinalIgnoreCase) => false,
        _ => throw JsonShape.Unexpected("yes or no (1, 0, true or false)", "something else"),
    };
}

/// <summary>The list of programs: nulls in it are dropped, a single program stands for a list of one.</summary>
internal sealed class WorkdayProgramListConverter : JsonConverter<IReadOnlyList<WorkdayProgram>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<WorkdayProgram> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return [];
            case JsonTokenType.StartObject:
                return [ReadOne(ref reader, 0)];
            case JsonTokenType.StartArray:
                return ReadAll(ref reader);
            default:
                throw JsonShape.Unexpected("a list", reader.TokenType);
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<WorkdayProgram> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var program in value)
            JsonSerializer.Serialize(writer, program, WorkdayJson.Default.WorkdayProgram);
        writer.WriteEndArray();
    }

    private static List<WorkdayProgram> ReadAll(ref Utf8JsonReader reader)
    {
        var programs = new List<WorkdayProgram>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                programs.Add(ReadOne(ref reader, programs.Count));
            else if (reader.TokenType != JsonTokenType.Null)
                throw JsonShape.Unexpected("a list of programs", reader.TokenType);
        }

        return programs;
    }

    private static WorkdayProgram ReadOne(ref Utf8JsonReader reader, int index)
    {
        try
        {
            return JsonSerializer.Deserialize(ref reader, WorkdayJson.Default.WorkdayProgram)!;
        }
        catch (JsonShapeException e)
        {
            // The inner reading knows the path within the program only.
            throw new JsonShapeException(e.Message, $"$.programs[{index}]{e.Path?.TrimStart('$')}");
        }
    }
}

/// <summary>Text or a list of texts, which becomes one text with commas.</summary>
internal sealed class WorkdayTextListConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return Text.Read(ref reader, typeToConvert, options);
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text.Read(ref reader, typeToConvert, options) is { } text)
                texts.Add(text);
        }

        return string.Join(", ", texts);
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    private static readonly WorkdayTextConverter Text = new();
}

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

/// <summary>A value of the wrong shape; its message is ours, its path is filled in by the serializer.</summary>
internal sealed class JsonShapeException(string message, string? path = null) : JsonException(message, path, null, null);

/// <summary>Raw text of the token at hand.</summary>
internal static class JsonSlice
{
    public static string Text(ref Utf8JsonReader reader) => System.Text.Encoding.UTF8.GetString(
        reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan.ToArray());
}
