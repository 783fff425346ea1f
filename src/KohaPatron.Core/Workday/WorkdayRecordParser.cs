using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Workday;

/// <summary>Makes people of the records of one export, each from its bytes.</summary>
internal sealed class WorkdayRecordParser(WorkdayExport export)
{
    private readonly WorkdayTerms _terms = new();
    private FieldFinder<WorkdayStudent>? _studentFields;
    private FieldFinder<WorkdayEmployee>? _employeeFields;

    /// <summary>Whether a first record told what the fields are.</summary>
    public bool HasBegun => _employeeFields is not null;

    /// <exception cref="RecordFaultException">The record is well-formed JSON of the wrong shape.</exception>
    public WorkdayPerson Parse(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new RecordFaultException(null, $"should be an object, found {JsonShape.InWords(reader.TokenType)}");
        return Read(ref reader, record);
    }

    /// <summary>The person of the record that some bytes begin with; null where there is anything wrong with it, or its end is not there.</summary>
    /// <param name="ahead">The record, and what follows it.</param>
    /// <param name="length">How many bytes are the record's.</param>
    public WorkdayPerson? TryParse(ReadOnlySpan<byte> ahead, out int length)
    {
        length = 0;
        if (ahead.IsEmpty)
            return null;
        var reader = new Utf8JsonReader(ahead, isFinalBlock: false, state: default);
        try
        {
            reader.Read();
            var person = Read(ref reader, ahead);
            length = (int)reader.BytesConsumed;
            return reader is { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 } ? person : null;
        }
        catch (Exception e) when (e is RecordFaultException or JsonException)
        {
            return null;
        }
    }

    private WorkdayPerson Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> record)
    {
        WorkdayPerson person = IsEmployee(record)
            ? Read(ref reader, new WorkdayEmployee(), _employeeFields!)
            : Read(ref reader, new WorkdayStudent(), _studentFields!);
        person.Export = export;
        return person;
    }

    /// <summary>
    /// Takes from the first record what the fields are. People whom this module wrote have Workday's names, whatever the
    /// library's reports say.
    /// </summary>
    /// <returns>What is wrong with an export that begins so: it is of something else, such as a saved plan, or of other people than its name says.</returns>
    public ExportFault? Begin(ReadOnlySpan<byte> record)
    {
        var layouts = export.Type is null && !export.IsCsv && HasFieldOf(record, WorkdayFields.Student, WorkdayFields.EmployeeOnly) != false ? ExportLayouts.BuiltIn : export.Layouts;
        _studentFields = new(new(WorkdayFields.Student, layouts.Of(export.Type ?? WorkdayPersonType.Student), export.IsCsv));
        _employeeFields = new(new(WorkdayFields.Employee, layouts.Of(WorkdayPersonType.Employee), export.IsCsv));
        if (HasFieldOf(record, _studentFields.Fields, _employeeFields.Fields) == false)
            return ExportFault.NotAnExport;
        var isOfOthers = export.Type switch
        {
            null => false,
            WorkdayPersonType.Employee => HasOnlyFieldsOf(record, _studentFields.Fields, _employeeFields.Fields),
            _ => HasOnlyFieldsOf(record, _employeeFields.Fields, _studentFields.Fields),
        };
        return isOfOthers ? ExportFault.OtherPeople : null;
    }

    /// <summary>What was looked for and is in no record, after the last one.</summary>
    public IEnumerable<Notice> Missing() => [.. Missing(_studentFields), .. Missing(_employeeFields)];

    private IEnumerable<Notice> Missing<TPerson>(FieldFinder<TPerson>? fields)
        where TPerson : WorkdayPerson => fields is not { WasUsed: true } ? []
            : fields.Missing().Select(missing => WorkdayNotices.ColumnMissing(export, missing.Word, missing.Column, fields.Others));

    /// <summary>Whether a record has one of some fields; null: it has none at all.</summary>
    private static bool? HasFieldOf(ReadOnlySpan<byte> record, WorkdayField<WorkdayStudent>[] student, WorkdayField<WorkdayEmployee>[] employee)
    {
        var reader = new Utf8JsonReader(record);
        bool? has = null;
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
        {
            if (IsOneOf(ref reader, student) || IsOneOf(ref reader, employee))
                return true;
            has = false;
        }

        return has;
    }

    /// <summary>Whether a record has fields that only one kind of people has, and none that only the other has.</summary>
    private static bool HasOnlyFieldsOf<TOne, TOther>(ReadOnlySpan<byte> record, WorkdayField<TOne>[] one, WorkdayField<TOther>[] other)
    {
        var reader = new Utf8JsonReader(record);
        var has = false;
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; reader.Skip())
        {
            var isOfOne = IsOneOf(ref reader, one);
            if (isOfOne == IsOneOf(ref reader, other))
                continue;
            if (!isOfOne)
                return false;
            has = true;
        }

        return has;
    }

    private TPerson Read<TPerson>(ref Utf8JsonReader reader, TPerson person, FieldFinder<TPerson> fields)
        where TPerson : WorkdayPerson
    {
        WorkdayField<TPerson>? field = null;
        try
        {
            fields.Begin(person);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                field = fields.Find(ref reader);
                var other = field is null ? reader.GetString() : null;
                if (!reader.Read())
                    break;
                if (field is not null)
                    field.Read(ref reader, person, _terms);
                else if (JsonElement.TryParseValue(ref reader, out var value))
                    (person.OtherFields ??= [])[other!] = value.Value;
            }

            fields.Finish(person);

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

    private bool IsEmployee(ReadOnlySpan<byte> record) =>
        export.Type is { } type ? type == WorkdayPersonType.Employee : TellsOfEmployee(new Utf8JsonReader(record));

    /// <summary>A file under another name: its records tell what they are by the fields that only one kind has.</summary>
    private bool TellsOfEmployee(Utf8JsonReader record)
    {
        for (record.Read(); record.Read() && record.TokenType == JsonTokenType.PropertyName; record.Skip())
        {
            var isEmployees = IsOneOf(ref record, _employeeFields!.Fields);
            if (isEmployees != IsOneOf(ref record, _studentFields!.Fields))
                return isEmployees;
        }

        return export.Layouts.AreAllEmployees
            ?? throw new RecordFaultException(null, "has no field that tells a student from an employee, such as \"student_id\" or \"work_email\"");
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

/// <summary>One record has the wrong shape; the others can still be read.</summary>
internal sealed class RecordFaultException(string? field, string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>The path of the field within the record, or null when it is the record itself.</summary>
    public string? Field { get; } = field;
}
