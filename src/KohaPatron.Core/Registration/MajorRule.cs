using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Registration;

/// <summary>The code of a student's major, or null: no attribute.</summary>
internal static class MajorRule
{
    public static readonly RuleTable<StudentCase, string?> Table = new(
        "Which major a student has",
        new("a pre-college student", "no major", at => at.Person.Type == WorkdayPersonType.PreCollege, _ => null),
        new("primary_program is in the majors table", "its code", at => IsKnown(at, at.Person.PrimaryProgram), at => CodeOf(at, at.Person.PrimaryProgram)),
        new("one of programs is in the majors table", "the code of the first that is", at => FirstKnown(at) is not null, at => CodeOf(at, FirstKnown(at))),
        new(RuleTable<StudentCase, string?>.Otherwise, "no major", _ => true, _ => null, Remark.NoMajor));

    private static string? FirstKnown(StudentCase at)
    {
        foreach (var program in at.Person.Programs)
        {
            if (IsKnown(at, program.Program))
                return program.Program;
        }

        return null;
    }

    private static bool IsKnown(StudentCase at, string? term) => term is not null && at.Terms.Settings.Majors.ContainsKey(term.Trim());

    private static string? CodeOf(StudentCase at, string? term) => at.Terms.Settings.Majors[term!.Trim()];
}
