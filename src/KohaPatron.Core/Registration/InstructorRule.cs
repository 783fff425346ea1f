using KohaPatron.Core.Text;

namespace KohaPatron.Core.Registration;

/// <summary>Instructors whose job profile is not one of theirs are looked at; they become patrons all the same.</summary>
internal static class InstructorRule
{
    public static readonly RuleTable<EmployeeCase, bool> Table = new(
        "Which instructors are looked at",
        new("etype is not Instructors", "not looked at", at => CellText.OrNull(at.Person.Etype) != "Instructors", _ => false),
        new("job_profile is in the departments table", "not looked at", at => DepartmentRule.IsKnown(at, CellText.OrNull(at.Person.JobProfile)), _ => false),
        new("job_profile is one of instructorJobProfiles", "not looked at", IsInstructorProfile, _ => false),
        new(RuleTable<EmployeeCase, bool>.Otherwise, "a warning", _ => true, _ => true, Remark.CheckInstructor));

    private static bool IsInstructorProfile(EmployeeCase at) =>
        CellText.OrNull(at.Person.JobProfile) is { } profile && ((HashSet<string>)at.Terms.Settings.InstructorJobProfiles).Contains(profile);
}
