using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>Who gets no row, and why. Null: the person becomes a patron.</summary>
internal static class LeaveOutRule
{
    public static readonly RuleTable<StudentCase, SkipReason?> Students = new(
        "Which students are left out",
        new("inst_email is missing", "NoEmail", at => Missing(at.Person.InstEmail), _ => SkipReason.NoEmail),
        new("last_name is missing", "NoLastName", at => Missing(at.Person.LastName), _ => SkipReason.NoLastName),
        new("the user name is on the exceptions list", "Exception", at => IsException(at.Person, at.Terms), _ => SkipReason.Exception),
        new("username is missing", "NoUserName", at => Missing(at.Person.UserName), _ => SkipReason.NoUserName, Remark.SkipIsUnexpected),
        new("universal_id is missing", "NoUniversalId", at => Missing(at.Person.UniversalId), _ => SkipReason.NoUniversalId, Remark.SkipIsUnexpected),
        new("the academic level is in no line of the categories table", "NoCategory", at => CategoryRule.OfLevel(at) is null, _ => SkipReason.NoCategory, Remark.SkipIsUnexpected),
        new(RuleTable<StudentCase, SkipReason?>.Otherwise, "the student becomes a patron", _ => true, _ => null));

    public static readonly RuleTable<EmployeeCase, SkipReason?> Employees = new(
        "Which employees are left out",
        new("active_status is false", "Inactive", at => at.Person.ActiveStatus == false, _ => SkipReason.Inactive),
        new("work_email is missing", "NoEmail", at => Missing(at.Person.WorkEmail), _ => SkipReason.NoEmail),
        new("etype is one of leaveOut.etypes", "Etype", at => Contains(at.Terms.Settings.LeftOutEtypes, at.Person.Etype), _ => SkipReason.Etype),
        new("job_profile is one of leaveOut.jobProfiles", "JobProfile", at => Contains(at.Terms.Settings.LeftOutJobProfiles, at.Person.JobProfile), _ => SkipReason.JobProfile),
        new("is_contingent is true", "Contingent", at => at.Person.IsContingent == true, _ => SkipReason.Contingent),
        new("the user name is on the exceptions list", "Exception", at => IsException(at.Person, at.Terms), _ => SkipReason.Exception),
        new("last_name is missing", "NoLastName", at => Missing(at.Person.LastName), _ => SkipReason.NoLastName, Remark.SkipIsUnexpected),
        new("username is missing", "NoUserName", at => Missing(at.Person.UserName), _ => SkipReason.NoUserName, Remark.SkipIsUnexpected),
        new("universal_id is missing", "NoUniversalId", at => Missing(at.Person.UniversalId), _ => SkipReason.NoUniversalId, Remark.SkipIsUnexpected),
        new(RuleTable<EmployeeCase, SkipReason?>.Otherwise, "the employee becomes a patron", _ => true, _ => null));

    /// <summary>Why a person gets no row, and what to remark.</summary>
    public static Decision<SkipReason?> Reason(WorkdayPerson person, SemesterLoad terms) => person is WorkdayEmployee employee
        ? Employees.For(new EmployeeCase(employee, terms))
        : Students.For(new StudentCase((WorkdayStudent)person, terms));

    /// <summary>The reason in words, for the person's own line.</summary>
    public static string InWords(SkipReason reason, WorkdayPerson person) => reason switch
    {
        SkipReason.NoEmail => "no e-mail address in the export",
        SkipReason.NoLastName => "no last name in the export",
        SkipReason.NoUserName => "no user name in the export",
        SkipReason.NoUniversalId => "no universal ID in the export",
        SkipReason.Exception => "on the exceptions list of the settings",
        SkipReason.Inactive => "inactive",
        SkipReason.Etype => $"the etype \"{(person as WorkdayEmployee)?.Etype?.Trim()}\" gets no account",
        SkipReason.JobProfile => $"the job profile \"{(person as WorkdayEmployee)?.JobProfile?.Trim()}\" gets no account",
        SkipReason.Contingent => "contingent worker",
        _ => $"the academic level \"{(person as WorkdayStudent)?.AcademicLevel?.Trim()}\" is not in the categories table of the settings",
    };

    private static bool Missing(string? value) => string.IsNullOrWhiteSpace(value);

    private static bool Contains(IReadOnlyCollection<string> list, string? value) =>
        value is not null && ((HashSet<string>)list).Contains(value.Trim());

    private static bool IsException(WorkdayPerson person, SemesterLoad terms) => Contains(terms.Settings.Exceptions, person.UserName);
}
