using System.Text.Json.Serialization;

namespace KohaPatron.Core.Workday;

/// <summary>A student or pre-college student of a Workday export.</summary>
public sealed class WorkdayStudent : WorkdayPerson
{
    /// <summary>What the record says of pre-college: its level, or where it has none the file it stands in.</summary>
    [JsonIgnore, JsonPropertyName("#Type")]
    public override WorkdayPersonType Type => IsPreCollege ? WorkdayPersonType.PreCollege : WorkdayPersonType.Student;

    /// <summary>Undergraduate, Graduate or Pre-College (<c>academic_level</c>).</summary>
    [JsonInclude, JsonPropertyName("academic_level"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? AcademicLevel { get; internal set; }

    /// <summary>The academic level, by its short name.</summary>
    [JsonIgnore, JsonPropertyName("#Level")]
    public string? Level => AcademicLevel;

    /// <summary>The e-mail address of the institution (<c>inst_email</c>).</summary>
    [JsonInclude, JsonPropertyName("inst_email")]
    public string? InstEmail { get; internal set; }

    /// <summary>The first program of study (<c>primary_program</c>).</summary>
    [JsonInclude, JsonPropertyName("primary_program"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? PrimaryProgram { get; internal set; }

    /// <summary>All programs of study (<c>programs</c>); never null, and without the nulls of the export.</summary>
    [JsonInclude, JsonPropertyName("programs"), JsonConverter(typeof(WorkdayProgramListConverter))]
    public IReadOnlyList<WorkdayProgram> Programs { get; internal set; } = [];

    /// <summary>The student number (<c>student_id</c>).</summary>
    [JsonInclude, JsonPropertyName("student_id")]
    public string? StudentId { get; internal set; }

    [JsonIgnore, JsonPropertyName("#Email")]
    public override string? Email => InstEmail;

    private bool IsPreCollege => string.IsNullOrWhiteSpace(AcademicLevel)
        ? Export?.Type == WorkdayPersonType.PreCollege
        : string.Equals(AcademicLevel!.Trim(), PreCollegeLevel, StringComparison.OrdinalIgnoreCase);

    /// <summary>Workday's word for the academic level of pre-college students.</summary>
    internal const string PreCollegeLevel = "Pre-College";
}

/// <summary>A program of study of a student: an entry of <c>programs</c>.</summary>
public sealed class WorkdayProgram
{
    /// <summary>The program's name (<c>program</c>).</summary>
    [JsonInclude, JsonPropertyName("program"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? Program { get; internal set; }

    /// <summary>Major, minor and the like (<c>program_type</c>).</summary>
    [JsonInclude, JsonPropertyName("program_type"), JsonConverter(typeof(WorkdayTermConverter))]
    public string? ProgramType { get; internal set; }

    /// <summary>The degree aimed at (<c>credentials</c>); several are joined by a comma.</summary>
    [JsonInclude, JsonPropertyName("credentials"), JsonConverter(typeof(WorkdayTextListConverter))]
    public string? Credentials { get; internal set; }

    public override string ToString() => Program ?? string.Empty;
}
