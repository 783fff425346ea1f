namespace KohaPatron.Core.Workday;

/// <summary>A student or pre-college student of a Workday export.</summary>
public sealed class WorkdayStudent : WorkdayPerson
{
    /// <summary>What the record says of pre-college: its level, or where it has none the file it stands in.</summary>
    public override WorkdayPersonType Type => IsPreCollege ? WorkdayPersonType.PreCollege : WorkdayPersonType.Student;

    /// <summary>Undergraduate, Graduate or Pre-College (<c>academic_level</c>).</summary>
    public string? AcademicLevel { get; internal set; }

    /// <summary>The academic level, by its short name.</summary>
    public string? Level => AcademicLevel;

    /// <summary>The e-mail address of the institution (<c>inst_email</c>).</summary>
    public string? InstEmail { get; internal set; }

    /// <summary>The first program of study (<c>primary_program</c>).</summary>
    public string? PrimaryProgram { get; internal set; }

    /// <summary>All programs of study (<c>programs</c>); never null, and without the nulls of the export.</summary>
    public IReadOnlyList<WorkdayProgram> Programs { get; internal set; } = [];

    /// <summary>The student number (<c>student_id</c>).</summary>
    public string? StudentId { get; internal set; }

    /// <summary>The e-mail address that Koha gets: <c>inst_email</c>.</summary>
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
    public string? Program { get; internal set; }

    /// <summary>Major, minor and the like (<c>program_type</c>).</summary>
    public string? ProgramType { get; internal set; }

    /// <summary>The degree aimed at (<c>credentials</c>); several are joined by a comma.</summary>
    public string? Credentials { get; internal set; }

    /// <summary>The name of the program.</summary>
    public override string ToString() => Program ?? string.Empty;
}
