using System.Globalization;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>Every message about making rows. They name the user and what to do.</summary>
internal static class RegistrationNotices
{
    public static Notice NoProxReport() => Warn(
        "NoProxReport",
        "No prox report: all card numbers are universal IDs. Name a report with -ProxReport, or set \"proxReport\" in the settings.",
        null);

    public static Notice FewHaveCards(long cards, long rows) => Warn(
        "FewHaveCards",
        $"The prox report has a card for {(cards == 0 ? "none" : $"only {Counted.Number(cards)}")} of {Counted.Of(rows, "person", "people")}; the others get their universal ID. Check that it is whole, and about these people.",
        null);

    public static Notice EndIsPast(SemesterLoad terms) => Warn(
        "EndIsPast",
        $"-End {IsoDay.Of(terms.SemesterEnd)} is before {IsoDay.Of(terms.Today)}: the accounts would be expired from the start.",
        null);

    public static Notice NoFacultyExpiry(SemesterLoad terms) => new(
        NoticeLevel.Error,
        "FacultyExpiryMissing",
        $"No rule for the expiry of Faculty when a semester ends in {Month(terms)}.",
        NoticeCategory.InvalidArgument,
        terms.SemesterEnd,
        $"Add one under \"facultyExpiry\" in the settings (in force: {terms.Settings.Name}), or use -Profile 2026.");

    public static Notice Remarked(Remark remark, WorkdayPerson person, SemesterLoad terms)
    {
        var user = User(person);
        return remark switch
        {
            Remark.EtypeMissing => Warn("EtypeMissing", $"{user}: neither etype nor etype_future. Treated as Staff.", user),
            Remark.EtypeUnknown => Detail("EtypeUnknown", $"{user}: the etype \"{new EmployeeCase((WorkdayEmployee)person, terms).Kind}\" is not in the categories table. Treated as Staff.", user),
            Remark.NoMajor => NoMajor((WorkdayStudent)person, user),
            Remark.UnknownDepartment => Detail("DepartmentUnknown", $"{user}: the department \"{DepartmentRule.TermOf(new EmployeeCase((WorkdayEmployee)person, terms))}\" is not in the departments table. The row carries no department.", user),
            Remark.NoDepartment => Warn("DepartmentMissing", $"{user}: no program, no department, and no job profile that the departments table has. The row carries no department.", user),
            Remark.CheckInstructor => CheckInstructor((WorkdayEmployee)person, user),
            _ => Warn("FacultyExpiryFallsBack", $"{user}: no rule for the expiry of Faculty when a semester ends in {Month(terms)}. The account expires by \"facultyExpiry.otherwise\" ({terms.Settings.FacultyExpiry.Otherwise}).", user),
        };
    }

    /// <summary>The term that a table lacks; blank where the person has none.</summary>
    public static string UnknownTermOf(Remark remark, WorkdayPerson person, SemesterLoad terms) => remark switch
    {
        Remark.NoMajor => CellText.OrNull(((WorkdayStudent)person).PrimaryProgram) ?? ((WorkdayStudent)person).Programs.Select(program => CellText.OrNull(program.Program)).FirstOrDefault(term => term is not null) ?? string.Empty,
        Remark.UnknownDepartment => DepartmentRule.TermOf(new EmployeeCase((WorkdayEmployee)person, terms)) ?? string.Empty,
        _ => new EmployeeCase((WorkdayEmployee)person, terms).Kind ?? string.Empty,
    };

    public static Notice UnknownTerm(Remark remark, string term, int people, IReadOnlyList<string> users)
    {
        var (code, what, table, outcome) = remark switch
        {
            Remark.NoMajor => ("MajorUnknown", "major", "majors", "Their rows carry no major."),
            Remark.UnknownDepartment => ("DepartmentUnknown", "department", "departments", "Their rows carry no department."),
            _ => ("EtypeUnknown", "etype", "categories", "Treated as Staff."),
        };
        var more = people > users.Count ? $" and {Counted.Number(people - users.Count)} more" : string.Empty;
        var who = $"{string.Join(", ", users)}{more}";
        return Warn(
            code,
            term.Length == 0
                ? $"{Counted.Of(people, "person has", "people have")} no {what}: {who}. {outcome}"
                : $"{term}: {Counted.Of(people, "person has", "people have")} this {what}, which the {table} table lacks: {who}. {outcome} Test-KohaMajorMapping gives the line to paste.",
            term.Length == 0 ? null : term);
    }

    public static Notice LeftOut(SkippedPatron skipped, WorkdayPerson person) =>
        Warn("PersonLeftOut", $"{User(person)}: {skipped.Detail}. Left out.", User(person));

    public static Notice SameUserId(string user) => Warn(
        "UserIdRepeated",
        $"{user}: an earlier row has the same userid. Both rows are written; Koha takes them for one patron.",
        user);

    public static Notice SameCard(string user, string? first) => Warn(
        "CardNumberRepeated",
        first is null
            ? $"{user}: an earlier row has the same cardnumber. Both rows are written; Koha will refuse the second."
            : $"2 people share a card: {first}, {user}. Both rows are written; Koha will refuse the second.",
        user);

    public static Notice ExportIncomplete(WorkdayExport export) => Warn(
        "ExportIncomplete",
        $"{export.ShortName} was not read to its end: these rows are not everybody.",
        export.Name);

    private static Notice NoMajor(WorkdayStudent student, string user)
    {
        var programs = string.Join(", ", student.Programs.Select(program => $"\"{program.Program}\""));
        return Detail(
            "MajorUnknown",
            $"{user}: no known major. Primary program: {Quoted(student.PrimaryProgram)}; programs: {(programs.Length == 0 ? "none" : programs)}. The row carries no major.",
            user);
    }

    private static Notice CheckInstructor(WorkdayEmployee employee, string user) => Warn(
        "InstructorToCheck",
        string.IsNullOrWhiteSpace(employee.JobProfile)
            ? $"{user}: Instructor without a job profile: check that this account is needed."
            : $"{user}: Instructor with the job profile \"{employee.JobProfile!.Trim()}\": check that this account is needed.",
        user);

    /// <summary>What is told of a person under -Verbose, and of all together at the end.</summary>
    private static Notice Detail(string code, string text, string target) => new(NoticeLevel.Verbose, code, text, Target: target);

    private static Notice Warn(string code, string text, string? target) => new(NoticeLevel.Warning, code, text, Target: target);

    /// <summary>The user name, or where the export has none the number that finds the person.</summary>
    private static string User(WorkdayPerson person) => CellText.OrNull(person.UserName)
        ?? (CellText.OrNull(person.UniversalId) is { } id ? $"universal ID {id}" : $"a person in {person.Export?.ShortName ?? "the input"} without user name and universal ID");

    private static string Quoted(string? term) => string.IsNullOrWhiteSpace(term) ? "none" : $"\"{term!.Trim()}\"";

    private static string Month(SemesterLoad terms) => terms.SemesterEnd.ToString("MMMM", CultureInfo.InvariantCulture);
}
