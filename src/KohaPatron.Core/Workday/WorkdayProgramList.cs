using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>The list of programs: nulls in it are dropped, a single program stands for a list of one.</summary>
internal static class WorkdayProgramList
{
    /// <exception cref="JsonShapeException">The value is neither.</exception>
    public static IReadOnlyList<WorkdayProgram> Read(ref Utf8JsonReader reader, WorkdayTerms terms)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return [];
            case JsonTokenType.StartObject:
                return [ReadOne(ref reader, terms, 0)];
            case JsonTokenType.StartArray:
                return ReadAll(ref reader, terms);
            default:
                throw JsonShape.Unexpected("a list", reader.TokenType);
        }
    }

    private static List<WorkdayProgram> ReadAll(ref Utf8JsonReader reader, WorkdayTerms terms)
    {
        var programs = new List<WorkdayProgram>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                programs.Add(ReadOne(ref reader, terms, programs.Count));
            else if (reader.TokenType != JsonTokenType.Null)
                throw JsonShape.Unexpected("a list of programs", reader.TokenType);
        }

        return programs;
    }

    private static WorkdayProgram ReadOne(ref Utf8JsonReader reader, WorkdayTerms terms, int index)
    {
        var program = new WorkdayProgram();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = FieldAt(ref reader);
            if (!reader.Read() || field is null && !reader.TrySkip())
                break;
            if (field is not null)
                Read(ref reader, program, field, terms, index);
        }

        return program;
    }

    private static void Read(ref Utf8JsonReader reader, WorkdayProgram program, WorkdayField<WorkdayProgram> field, WorkdayTerms terms, int index)
    {
        try
        {
            field.Read(ref reader, program, terms);
        }
        catch (JsonShapeException e)
        {
            throw new JsonShapeException(e.Message, $"[{index}].{field.Name}");
        }
    }

    private static WorkdayField<WorkdayProgram>? FieldAt(ref Utf8JsonReader reader)
    {
        foreach (var field in WorkdayFields.Program)
        {
            if (field.IsAt(ref reader))
                return field;
        }

        return null;
    }
}
