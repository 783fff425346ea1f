using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>Makes a person of the bytes of one record.</summary>
internal static class WorkdayRecordParser
{
    /// <exception cref="RecordFaultException">The record is well-formed JSON of the wrong shape.</exception>
    public static WorkdayPerson Parse(ReadOnlySpan<byte> record, WorkdayExport export)
    {
        if (record[0] != (byte)'{')
            throw new RecordFaultException(null, $"should be an object, found {FirstToken(record)}");
        try
        {
            WorkdayPerson person = IsEmployee(record, export)
                ? JsonSerializer.Deserialize(record, WorkdayJson.Default.WorkdayEmployee)!
                : JsonSerializer.Deserialize(record, WorkdayJson.Default.WorkdayStudent)!;
            person.Export = export;
            return person;
        }
        catch (JsonException e)
        {
            var reason = e is JsonShapeException ? e.Message : "is not valid UTF-8 text";
            throw new RecordFaultException(e.Path?.TrimStart('$').TrimStart('.'), reason, e);
        }
    }

    private static bool IsEmployee(ReadOnlySpan<byte> record, WorkdayExport export) =>
        export.Type is { } type ? type == WorkdayPersonType.Employee : TellsOfEmployee(record);

    /// <summary>A file under another name: its records tell what they are by the fields that only one kind has.</summary>
    private static bool TellsOfEmployee(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (IsOneOf(ref reader, EmployeeFields))
                return true;
            if (IsOneOf(ref reader, StudentFields))
                return false;
            reader.Skip();
        }

        throw new RecordFaultException(null, "has no field that tells a student from an employee, such as \"student_id\" or \"work_email\"") { IsOfNoKind = true };
    }

    private static bool IsOneOf(ref Utf8JsonReader reader, string[] names)
    {
        foreach (var name in names)
        {
            if (reader.ValueTextEquals(name))
                return true;
        }

        return false;
    }

    private static string FirstToken(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        return JsonShape.InWords(reader.TokenType);
    }

    private static readonly string[] EmployeeFields = ["active_status", "employee_id", "etype", "etype_future", "is_contingent", "job_profile", "work_email", "work_phone", "department", "program"];
    private static readonly string[] StudentFields = ["academic_level", "inst_email", "primary_program", "programs", "student_id"];
}

/// <summary>One record has the wrong shape; the others can still be read.</summary>
internal sealed class RecordFaultException(string? field, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The path of the field within the record, or null when it is the record itself.</summary>
    public string? Field { get; } = field;

    /// <summary>Whether the record has no field that only students or only employees have.</summary>
    public bool IsOfNoKind { get; init; }
}
