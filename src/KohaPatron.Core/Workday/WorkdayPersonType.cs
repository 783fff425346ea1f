namespace KohaPatron.Core.Workday;

/// <summary>The three exports that Workday delivers.</summary>
public enum WorkdayPersonType
{
    /// <summary>A student: <c>student_data.json</c>.</summary>
    Student,

    /// <summary>An employee: <c>employee_data.json</c>.</summary>
    Employee,

    /// <summary>A pre-college student: <c>student_pre_college_data.json</c>.</summary>
    PreCollege,
}
