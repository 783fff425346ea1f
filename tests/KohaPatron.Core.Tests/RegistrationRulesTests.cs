using System.Text;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests;

/// <summary>The rules' tables themselves: total, without dead lines, and printed for the librarian who reviews them.</summary>
public sealed class RegistrationRulesTests
{
    // Every combination of what the rules look at.
    private static readonly string?[] Words = [null, "x"];
    private static readonly string?[] Etypes = [null, "Staff", "Faculty", "Instructors", "Students", "Contingent Employees/Contractors", "Volunteers"];
    private static readonly string?[] Jobs = [null, "Atelier Instructor", "Special Programs Instructor", "Special Programs Instructor (inactive)", "YASP Instructor", "Technician"];
    private static readonly string?[] Terms = [null, "Film", "All Faculty", "Unheard Of"];

    private static IEnumerable<EmployeeCase> Employees() =>
        from profile in new[] { "2023", "2026" }
        from end in new[] { new DateTime(2023, 5, 12), new DateTime(2023, 11, 12), new DateTime(2023, 12, 12) }
        let terms = new SemesterLoad(Loads.Settings(profile) with { Exceptions = new HashSet<string>(["kiosk"]) }, end, Loads.Today, null)
        from etype in Etypes
        from future in new[] { null, "Faculty" }
        from job in Jobs
        from program in Terms
        from flags in new[] { (true, false, "x", "x", "x"), (false, false, "x", "x", "x"), (true, true, "x", "x", "x"), (true, false, null, "x", "x"), (true, false, "x", null, "x"), (true, false, "x", "x", null), (true, false, "kiosk", "x", "x") }
        select new EmployeeCase(
            new WorkdayEmployee
            {
                ActiveStatus = flags.Item1,
                IsContingent = flags.Item2,
                UserName = flags.Item3,
                WorkEmail = flags.Item4,
                LastName = flags.Item5,
                UniversalId = etype == "Volunteers" && job is null ? null : "7",
                Etype = etype,
                EtypeFuture = future,
                JobProfile = job,
                Program = program,
            },
            terms);

    private static IEnumerable<StudentCase> Students() =>
        from user in new[] { null, "x", "kiosk" }
        from email in Words
        from last in Words
        from id in Words
        from level in new[] { null, "Graduate", "Pre-College", "Doctorate" }
        from primary in Terms.Append("Glass")
        from other in new[] { null, "Glass" }
        select new StudentCase(
            new WorkdayStudent { UserName = user, InstEmail = email, LastName = last, UniversalId = id, AcademicLevel = level, PrimaryProgram = primary, Programs = [new WorkdayProgram { Program = other }] },
            Loads.Terms() with { Settings = Loads.Settings() with { Exceptions = new HashSet<string>(["kiosk"]) } });

    [Fact]
    public void Every_line_decides_somebody_and_everybody_is_decided()
    {
        AllLinesApply(LeaveOutRule.Employees, Employees());
        AllLinesApply(LeaveOutRule.Students, Students());
        var employees = Employees().Where(at => LeaveOutRule.Employees.For(at).Value is null).ToList();
        AllLinesApply(CategoryRule.Employees, employees);
        AllLinesApply(ExpiryRule.Employees, employees);
        AllLinesApply(DepartmentRule.Table, employees);
        AllLinesApply(InstructorRule.Table, employees);
        var students = Students().Where(at => LeaveOutRule.Students.For(at).Value is null).ToList();
        AllLinesApply(CategoryRule.Students, students);
        AllLinesApply(ExpiryRule.Students, students);
        AllLinesApply(MajorRule.Table, students);
    }

    [Fact]
    public void The_last_line_of_each_rule_is_the_named_otherwise() =>
        Assert.All(RegistrationRules.InWords(), rule => Assert.Equal("otherwise", rule.Lines[^1].When));

    [Fact]
    public void Docs_rules_md_is_what_the_rules_say()
    {
        var page = new StringBuilder("# The rules of the load\n\nPrinted from the rules themselves. In each table the first line that applies decides.\n");
        foreach (var (name, lines) in RegistrationRules.InWords())
        {
            page.Append($"\n## {name}\n\n| when | then | remark |\n| --- | --- | --- |\n");
            foreach (var (when, then, remark) in lines)
                page.Append($"| {when} | {then} | {(remark == Remark.None ? "" : remark.ToString())} |\n");
        }

        Approved.Check("docs/rules.md", page.ToString());
    }

    private static void AllLinesApply<TCase, TValue>(RuleTable<TCase, TValue> table, IEnumerable<TCase> cases)
    {
        var applied = cases.Select(at => table.For(at).Line).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(table.Lines.Select(line => line.When).Except(applied));
    }
}
