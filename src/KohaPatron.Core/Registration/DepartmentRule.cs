using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>The code of an employee's department, or null: no attribute.</summary>
internal static class DepartmentRule
{
    public static readonly RuleTable<EmployeeCase, string?> Table = new(
        "Which department an employee has",
        new("program, else department, else job_profile is in the departments table", "its code; null is known and gives none", at => IsKnown(at, TermOf(at)), at => at.Terms.Settings.Departments[TermOf(at)!]),
        new("program or department is there, and not in the table", "no department", at => TermOf(at) is not null, _ => null, Remark.UnknownDepartment),
        new(RuleTable<EmployeeCase, string?>.Otherwise, "no department", _ => true, _ => null, Remark.NoDepartment));

    /// <summary>What the department goes by; a job profile only where the table has it.</summary>
    public static string? TermOf(EmployeeCase at)
    {
        var term = CellText.OrNull(at.Person.Program) ?? CellText.OrNull(at.Person.Department);
        if (term is not null)
            return term;
        var profile = CellText.OrNull(at.Person.JobProfile);
        return IsKnown(at, profile) ? profile : null;
    }

    public static bool IsKnown(EmployeeCase at, string? term) => term is not null && at.Terms.Settings.Departments.ContainsKey(term);
}
