using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Mapping;

/// <summary>A term, and the table that it is looked up in.</summary>
internal readonly record struct MappingTerm(MappingKind Kind, string Term);

/// <summary>The terms of a person that the tables of the settings should have.</summary>
internal static class MappingTerms
{
    /// <summary>
    /// Majors: the primary program and the programs of students who are not pre-college. Departments: program and
    /// department of employees; the job profile of those who have neither. Categories: the academic level; the etype of
    /// employees whose kind gets an account.
    /// </summary>
    public static IEnumerable<MappingTerm> Of(WorkdayPerson person, KohaPatronSettings settings) =>
        (person is WorkdayEmployee employee ? OfEmployee(employee, settings) : OfStudent((WorkdayStudent)person)).Distinct();

    /// <summary>Terms that keep a line of a table alive although nobody needs it mapped: the job profiles of all employees.</summary>
    public static IEnumerable<MappingTerm> AlsoInUse(WorkdayPerson person) =>
        person is WorkdayEmployee employee ? Each(MappingKind.Department, employee.JobProfile) : [];

    /// <summary>What the settings call the table of a kind.</summary>
    public static string TableName(MappingKind kind) => kind switch
    {
        MappingKind.Major => "majors",
        MappingKind.Department => "departments",
        _ => "categories",
    };

    /// <summary>The table that terms of a kind are looked up in.</summary>
    public static IReadOnlyDictionary<string, string?> Table(MappingKind kind, KohaPatronSettings settings) => kind switch
    {
        MappingKind.Major => settings.Majors,
        MappingKind.Department => settings.Departments,
        _ => settings.Categories,
    };

    private static IEnumerable<MappingTerm> OfStudent(WorkdayStudent student)
    {
        if (student.Type == WorkdayPersonType.PreCollege)
            return Each(MappingKind.Category, WorkdayStudent.PreCollegeLevel);
        return Each(MappingKind.Major, [student.PrimaryProgram, .. student.Programs.Select(program => program.Program)])
            .Concat(Each(MappingKind.Category, student.AcademicLevel));
    }

    private static IEnumerable<MappingTerm> OfEmployee(WorkdayEmployee employee, KohaPatronSettings settings)
    {
        var departments = Each(MappingKind.Department, employee.Program, employee.Department).ToList();
        if (departments.Count == 0)
            departments = [.. Each(MappingKind.Department, employee.JobProfile)];
        return departments.Concat(GetsNoAccount(employee, settings) ? [] : Each(MappingKind.Category, CellText.OrNull(employee.Etype) ?? employee.EtypeFuture));
    }

    private static bool GetsNoAccount(WorkdayEmployee employee, KohaPatronSettings settings) =>
        employee.IsContingent == true || CellText.OrNull(employee.Etype) is { } etype && settings.LeftOutEtypes.Contains(etype);

    private static IEnumerable<MappingTerm> Each(MappingKind kind, params string?[] terms) =>
        terms.Select(CellText.OrNull).OfType<string>().Select(term => new MappingTerm(kind, term));
}
