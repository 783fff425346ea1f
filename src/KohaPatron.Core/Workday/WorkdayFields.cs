using System.Text.Json;

namespace KohaPatron.Core.Workday;

/// <summary>
/// The fields of the exports, in the order in which they are written. Records are read by these tables and not by a
/// serializer, which costs three times as much for each of them and a quarter of a second before the first.
/// </summary>
internal static class WorkdayFields
{
    /// <summary>The word for the list of programs, which a text, several columns or a list of any kind can give.</summary>
    public const string Programs = "programs";

    public static readonly WorkdayField<WorkdayProgram>[] Program =
    [
        Term<WorkdayProgram>("program", "", owner => owner.Program, (owner, value) => owner.Program = value),
        Term<WorkdayProgram>("program_type", "", owner => owner.ProgramType, (owner, value) => owner.ProgramType = value),
        new("credentials", (ref reader, owner, terms) => owner.Credentials = WorkdayValue.TextList(ref reader, terms), (json, owner) => WriteText(json, "credentials", owner.Credentials)),
    ];

    /// <summary>What only students have.</summary>
    public static readonly WorkdayField<WorkdayStudent>[] StudentOnly =
    [
        Term<WorkdayStudent>("academic_level", "academicLevel", owner => owner.AcademicLevel, (owner, value) => owner.AcademicLevel = value),
        Text<WorkdayStudent>("inst_email", "email", owner => owner.InstEmail, (owner, value) => owner.InstEmail = value),
        Term<WorkdayStudent>("primary_program", "primaryProgram", owner => owner.PrimaryProgram, (owner, value) => owner.PrimaryProgram = value),
        new("programs", (ref reader, owner, terms) => owner.Programs = WorkdayProgramList.Read(ref reader, terms), WriteProgramList) { Word = Programs },
        Text<WorkdayStudent>("student_id", "studentId", owner => owner.StudentId, (owner, value) => owner.StudentId = value),
    ];

    /// <summary>What only employees have.</summary>
    public static readonly WorkdayField<WorkdayEmployee>[] EmployeeOnly =
    [
        Flag<WorkdayEmployee>("active_status", "activeStatus", owner => owner.ActiveStatus, (owner, value) => owner.ActiveStatus = value),
        Term<WorkdayEmployee>("department", "department", owner => owner.Department, (owner, value) => owner.Department = value),
        Text<WorkdayEmployee>("employee_id", "employeeId", owner => owner.EmployeeId, (owner, value) => owner.EmployeeId = value),
        Term<WorkdayEmployee>("etype", "etype", owner => owner.Etype, (owner, value) => owner.Etype = value),
        Term<WorkdayEmployee>("etype_future", "etypeFuture", owner => owner.EtypeFuture, (owner, value) => owner.EtypeFuture = value),
        Flag<WorkdayEmployee>("is_contingent", "isContingent", owner => owner.IsContingent, (owner, value) => owner.IsContingent = value),
        Term<WorkdayEmployee>("job_profile", "jobProfile", owner => owner.JobProfile, (owner, value) => owner.JobProfile = value),
        Term<WorkdayEmployee>("program", "program", owner => owner.Program, (owner, value) => owner.Program = value),
        Text<WorkdayEmployee>("work_email", "email", owner => owner.WorkEmail, (owner, value) => owner.WorkEmail = value),
        Text<WorkdayEmployee>("work_phone", "workPhone", owner => owner.WorkPhone, (owner, value) => owner.WorkPhone = value),
    ];

    public static readonly WorkdayField<WorkdayStudent>[] Student = [.. Common<WorkdayStudent>(), .. StudentOnly];

    public static readonly WorkdayField<WorkdayEmployee>[] Employee = [.. Common<WorkdayEmployee>(), .. EmployeeOnly];

    private static WorkdayField<TPerson>[] Common<TPerson>()
        where TPerson : WorkdayPerson =>
    [
        Text<TPerson>("username", "userName", owner => owner.UserName, (owner, value) => owner.UserName = value),
        Text<TPerson>("first_name", "firstName", owner => owner.FirstName, (owner, value) => owner.FirstName = value),
        Text<TPerson>("last_name", "lastName", owner => owner.LastName, (owner, value) => owner.LastName = value),
        Number<TPerson>("universal_id", "universalId", owner => owner.UniversalId, (owner, value) => owner.UniversalId = value),
        Text<TPerson>("phone", "phone", owner => owner.Phone, (owner, value) => owner.Phone = value),
    ];

    private static WorkdayField<TOwner> Text<TOwner>(string name, string word, Func<TOwner, string?> get, Action<TOwner, string?> set) =>
        new(name, (ref reader, owner, _) => set(owner, WorkdayValue.Text(ref reader)), (json, owner) => WriteText(json, name, get(owner))) { Word = word, Set = set };

    /// <summary>A number that names somebody, digit for digit.</summary>
    private static WorkdayField<TOwner> Number<TOwner>(string name, string word, Func<TOwner, string?> get, Action<TOwner, string?> set) =>
        new(name, (ref reader, owner, _) => set(owner, WorkdayValue.Identifier(ref reader)), (json, owner) => WriteText(json, name, get(owner))) { Word = word, Set = set };

    /// <summary>Text that few values share among many people.</summary>
    private static WorkdayField<TOwner> Term<TOwner>(string name, string word, Func<TOwner, string?> get, Action<TOwner, string?> set) =>
        new(name, (ref reader, owner, terms) => set(owner, terms.Read(ref reader)), (json, owner) => WriteText(json, name, get(owner))) { Word = word, Set = set };

    private static WorkdayField<TOwner> Flag<TOwner>(string name, string word, Func<TOwner, bool?> get, Action<TOwner, bool?> set) => new(
        name,
        (ref reader, owner, _) => set(owner, WorkdayValue.Flag(ref reader)),
        (json, owner) => WriteText(json, name, get(owner) switch { true => "1", false => "0", null => null }))
    {
        Word = word,
        Set = (owner, value) => set(owner, WorkdayValue.Flag(value)),
    };

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteProgramList(Utf8JsonWriter json, WorkdayStudent student)
    {
        json.WriteStartArray("programs");
        foreach (var program in student.Programs)
        {
            json.WriteStartObject();
            foreach (var field in Program)
                field.Write(json, program);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
