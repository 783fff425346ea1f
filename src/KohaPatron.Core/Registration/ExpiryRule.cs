using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Registration;

/// <summary>The last day of an account.</summary>
internal static class ExpiryRule
{
    public static readonly RuleTable<StudentCase, DateTime?> Students = new(
        "When a student's account expires",
        new RuleLine<StudentCase, DateTime?>(RuleTable<StudentCase, DateTime?>.Otherwise, "the last day of the semester", _ => true, at => at.Terms.SemesterEnd));

    public static readonly RuleTable<EmployeeCase, DateTime?> Employees = new(
        "When an employee's account expires",
        new("Instructors", "expiry.Instructors of the settings", at => Is(at, "Instructors"), at => By(at.Terms.Settings.InstructorExpiry, at.Terms)),
        new("Faculty, and facultyExpiry has the month in which the semester ends", "the next such day", at => Is(at, "Faculty") && FacultyDay(at) is not null, at => FacultyDay(at)!.OnOrAfter(at.Terms.SemesterEnd)),
        new("Faculty, and facultyExpiry.otherwise is a rule", "that rule", at => Is(at, "Faculty") && at.Terms.Settings.FacultyExpiry.Otherwise is not null, at => By(at.Terms.Settings.FacultyExpiry.Otherwise!.Value, at.Terms), Remark.FacultyExpiryFallsBack),
        new("Faculty, and facultyExpiry.otherwise is Error", "the load ends with an error", at => Is(at, "Faculty"), _ => null, Remark.FacultyExpiryMissing),
        new(RuleTable<EmployeeCase, DateTime?>.Otherwise, "expiry.Staff of the settings", _ => true, at => By(at.Terms.Settings.StaffExpiry, at.Terms)));

    /// <summary>The day that a rule gives.</summary>
    public static DateTime By(ExpiryDay rule, SemesterLoad terms) => rule switch
    {
        ExpiryDay.SemesterEnd => terms.SemesterEnd,
        ExpiryDay.EndOfMonth => new DateTime(terms.SemesterEnd.Year, terms.SemesterEnd.Month, DateTime.DaysInMonth(terms.SemesterEnd.Year, terms.SemesterEnd.Month)),
        // AddYears makes 28 February of 29 February.
        _ => terms.Today.AddYears(1),
    };

    private static bool Is(EmployeeCase at, string kind) => string.Equals(at.Kind, kind, StringComparison.Ordinal);

    private static MonthDay? FacultyDay(EmployeeCase at) =>
        at.Terms.Settings.FacultyExpiry.ByMonth.TryGetValue(at.Terms.SemesterEnd.Month, out var day) ? day : null;
}
