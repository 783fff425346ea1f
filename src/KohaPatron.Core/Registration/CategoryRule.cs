using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>Which patron category a person gets.</summary>
internal static class CategoryRule
{
    /// <summary>Workday's word for the employees that everybody falls back to.</summary>
    public const string Staff = "Staff";

    public static readonly RuleTable<EmployeeCase, string> Employees = new(
        "Which category an employee gets",
        new("etype, or without one etype_future, is in the categories table", "the category of the table", at => Lookup(at.Terms, at.Kind) is not null, at => Lookup(at.Terms, at.Kind)!),
        new("etype and etype_future are missing", "the category of Staff", at => at.Kind is null, StaffCategory, Remark.EtypeMissing),
        new(RuleTable<EmployeeCase, string>.Otherwise, "the category of Staff", _ => true, StaffCategory, Remark.EtypeUnknown));

    public static readonly RuleTable<StudentCase, string> Students = new(
        "Which category a student gets",
        new RuleLine<StudentCase, string>(RuleTable<StudentCase, string>.Otherwise, "the category of the academic level", _ => true, at => OfLevel(at)!));

    /// <summary>The category of a student's academic level, or null where the table has none.</summary>
    public static string? OfLevel(StudentCase at) => Lookup(at.Terms, LevelOf(at.Person));

    private static string? LevelOf(WorkdayStudent student) =>
        student.Type == WorkdayPersonType.PreCollege ? WorkdayStudent.PreCollegeLevel : CellText.OrNull(student.AcademicLevel);

    private static string StaffCategory(EmployeeCase at) => Lookup(at.Terms, Staff) ?? "STAFF";

    private static string? Lookup(SemesterLoad terms, string? key) =>
        key is not null && terms.Settings.Categories.TryGetValue(key, out var category) ? category : null;
}
