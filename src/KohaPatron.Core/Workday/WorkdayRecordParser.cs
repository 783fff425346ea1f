using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>Makes people of the records of one export, each from its bytes.</summary>
internal sealed class WorkdayRecordParser(WorkdayExport export)
{
    private readonly WorkdayTerms _terms = new();
    private readonly FieldFinder<WorkdayStudent> _studentFields = new(WorkdayFields.Student);
    private readonly FieldFinder<WorkdayEmployee> _employeeFields = new(WorkdayFields.Employee);

    /// <exception cref="RecordFaultException">The record is well-formed JSON of the wrong shape.</exception>
    public WorkdayPerson Parse(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RecordFaultException(null, $"should be an object, found {JsonShape.InWords(reader.TokenType)}");
        WorkdayPerson person = IsEmployee(reader)
            ? Read(ref reader, new WorkdayEmployee(), _employeeFields)
            : Read(ref reader, new WorkdayStudent(), _studentFields);
        person.Export = export;
        return person;
    }

    /// <summary>Whether a record has fields, and none that people of any export have: it is of something else, such as a saved plan.</summary>
    public static bool IsOfSomethingElse(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        var hasFields = false;
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
        {
            if (IsOneOf(ref reader, WorkdayFields.Student) || IsOneOf(ref reader, WorkdayFields.EmployeeOnly))
                return false;
            hasFields = true;
        }

        return hasFields;
    }

    private TPerson Read<TPerson>(ref Utf8JsonReader reader, TPerson person, FieldFinder<TPerson> fields)
        where TPerson : WorkdayPerson
    {
        WorkdayField<TPerson>? field = null;
        try
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                field = fields.Find(ref reader);
                var other = field is null ? reader.GetString() : null;
                reader.Read();
                if (field is not null)
                    field.Read(ref reader, person, _terms);
                else
                    (person.OtherFields ??= [])[other!] = JsonElement.ParseValue(ref reader);
            }

            return person;
        }
        catch (JsonShapeException e)
        {
            throw new RecordFaultException(field!.Name + e.Within, e.Message, e);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            throw new RecordFaultException(field?.Name, "is not valid UTF-8 text", e);
        }
    }

    private bool IsEmployee(Utf8JsonReader record) =>
        export.Type is { } type ? type == WorkdayPersonType.Employee : TellsOfEmployee(record);

    /// <summary>A file under another name: its records tell what they are by the fields that only one kind has.</summary>
    private static bool TellsOfEmployee(Utf8JsonReader record)
    {
        while (record.Read() && record.TokenType == JsonTokenType.PropertyName)
        {
            if (IsOneOf(ref record, WorkdayFields.EmployeeOnly))
                return true;
            if (IsOneOf(ref record, WorkdayFields.StudentOnly))
                return false;
            record.Skip();
        }

        throw new RecordFaultException(null, "has no field that tells a student from an employee, such as \"student_id\" or \"work_email\"");
    }

    private static bool IsOneOf<TPerson>(ref Utf8JsonReader reader, WorkdayField<TPerson>[] fields)
    {
        foreach (var field in fields)
        {
            if (field.IsAt(ref reader))
                return true;
        }

        return false;
    }
}

/// <summary>Finds fields by the name at hand. Records of an export have their fields in one order: what followed last time is tried first.</summary>
internal sealed class FieldFinder<TPerson>(WorkdayField<TPerson>[] fields)
{
    private readonly int[] _followers = new int[fields.Length];
    private int _last;

    /// <summary>The field, or null for one that this module does not know.</summary>
    public WorkdayField<TPerson>? Find(ref Utf8JsonReader reader)
    {
        if (fields[_followers[_last]].IsAt(ref reader))
            return fields[_last = _followers[_last]];
        for (var at = 0; at < fields.Length; at++)
        {
            if (fields[at].IsAt(ref reader))
                return fields[_last = _followers[_last] = at];
        }

        return null;
    }
}

/// <summary>One record has the wrong shape; the others can still be read.</summary>
internal sealed class RecordFaultException(string? field, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The path of the field within the record, or null when it is the record itself.</summary>
    public string? Field { get; } = field;
}
