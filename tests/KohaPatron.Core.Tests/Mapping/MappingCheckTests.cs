using KohaPatron.Core.Mapping;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Tests.Mapping;

public sealed class MappingCheckTests
{
    [Fact]
    public void Majors_are_the_primary_program_and_the_programs_each_person_once()
    {
        var gap = Assert.Single(Gaps(People.Students(
            """{"username":"anunez","academic_level":"Graduate","primary_program":"Comics MFA (Low-Residency)","programs":[{"program":"Comics MFA (Low-Residency)"},null,{"program":"Glass"}]}""",
            """{"username":"bkim","academic_level":"Graduate","primary_program":"Glass","programs":[{"program":" Comics MFA (Low-Residency) "}]}""")));
        Assert.Equal((MappingKind.Major, "Comics MFA (Low-Residency)", 2), (gap.Kind, gap.Term, gap.People));
        Assert.Equal(["anunez", "bkim"], gap.Users);
        Assert.Equal("Comics", gap.Nearest[0]);
        Assert.EndsWith("\n// to \"majors\":\n\"Comics MFA (Low-Residency)\": \"40\", // guess: \"Comics\"", gap.SettingsLine);
    }

    [Fact]
    public void Pre_college_students_need_no_major() => Assert.Empty(Gaps(People.PreCollege(
        """{"username":"jdoe","primary_program":"Young Artists","programs":[{"program":"Young Artists"}]}""")));

    [Theory]
    [InlineData("""{"username":"a","etype":"Staff","program":"Nowhere","department":"Elsewhere","job_profile":"Welder"}""", "Elsewhere,Nowhere")]
    [InlineData("""{"username":"a","etype":"Staff","department":"Libraries","job_profile":"Welder"}""", "")]
    [InlineData("""{"username":"a","etype":"Staff","job_profile":"Welder"}""", "Welder")]
    [InlineData("""{"username":"a","etype":"Staff","department":" ","job_profile":"YASP Instructor"}""", "")]
    [InlineData("""{"username":"a","etype":"Staff","department":"All Faculty"}""", "")]
    public void Departments_are_program_and_department_or_else_the_job_profile(string record, string expected) =>
        Assert.Equal(expected, string.Join(",", Gaps(People.Employees(record)).Select(gap => gap.Term).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("""{"username":"a","etype":"Volunteers","department":"Libraries"}""", "Volunteers")]
    [InlineData("""{"username":"a","etype_future":"Volunteers","department":"Libraries"}""", "Volunteers")]
    [InlineData("""{"username":"a","etype":"Students","department":"Libraries"}""", "")]
    [InlineData("""{"username":"a","etype":"Contingent Employees/Contractors","is_contingent":"1","department":"Libraries"}""", "")]
    [InlineData("""{"username":"a","department":"Libraries"}""", "")]
    public void Categories_are_the_kinds_that_get_an_account(string record, string expected) =>
        Assert.Equal(expected, string.Join(",", Gaps(People.Employees(record)).Select(gap => gap.Term)));

    [Fact]
    public void A_term_without_anything_similar_gives_a_line_that_does_nothing_until_it_has_a_code()
    {
        var gap = Assert.Single(Gaps(People.Students("""{"username":"a","academic_level":"Graduate","primary_program":"Zzyx \"q\""}""")));
        Assert.EndsWith("\n// \"Zzyx \\\"q\\\"\": \"\",", gap.SettingsLine);
    }

    [Fact]
    public void What_is_new_and_what_is_gone_is_told_of_known_terms_too()
    {
        var check = Check(People.Students("""{"username":"a","academic_level":"Graduate","primary_program":"Glass"}"""));
        var gaps = check.Gaps([new(MappingKind.Major, "Sculpture"), new(MappingKind.Category, "Graduate")]);
        Assert.Equal(
            [("Glass", MappingChange.New, true), ("Sculpture", MappingChange.Gone, true)],
            gaps.Select(gap => (gap.Term, gap.Change, gap.IsMapped)));
    }

    [Fact]
    public void A_broken_export_is_no_evidence_that_a_term_is_gone_or_dead()
    {
        var people = People.Students("""{"username":"a","academic_level":"Graduate","primary_program":"Glass"}""");
        people[0].Export!.IsBroken = true;
        var check = Check(people);
        Assert.DoesNotContain(check.Gaps([new(MappingKind.Major, "Sculpture")]), gap => gap.Change == MappingChange.Gone);
        Assert.Empty(check.Dead());
    }

    [Fact]
    public void A_kind_that_nobody_has_is_no_evidence_either_and_keeps_its_terms()
    {
        var check = Check(People.Employees("""{"username":"a","etype":"Staff","department":"Libraries"}"""));
        MappingTerm[] before = [new(MappingKind.Major, "Sculpture"), new(MappingKind.Department, "Provost"), new(MappingKind.Category, "Staff")];
        Assert.Equal("Provost", Assert.Single(check.Gaps(before), gap => gap.Change == MappingChange.Gone).Term);
        Assert.DoesNotContain(check.Dead(), gap => gap.Kind == MappingKind.Major);
        Assert.Equal(["Libraries", "Sculpture", "Staff"], check.TermsAfter(before).Select(term => term.Term).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_that_no_export_needs_are_dead()
    {
        var dead = Check(People.Employees("""{"username":"a","etype":"Staff","department":"Libraries","job_profile":"YASP Instructor"}""")).Dead();
        Assert.Contains(dead, gap => gap is { Kind: MappingKind.Department, Term: "Glass", Code: "3" });
        Assert.DoesNotContain(dead, gap => gap.Term is "Libraries" or "YASP Instructor" or "Staff");
    }

    [Fact]
    public void Codes_that_Koha_has_not_are_told()
    {
        var all = People.Settings.Majors.Values.OfType<string>().Where(code => code != "40").ToList();
        var gap = Assert.Single(Check([]).NotInKoha(MappingKind.Major, all));
        Assert.Equal(("Comics", "40", MappingChange.CodeNotInKoha), (gap.Term, gap.Code, gap.Change));
    }

    [Fact]
    public void The_baseline_is_read_as_it_was_written()
    {
        var path = Path.Combine(Path.GetTempPath(), $"kohapatron-{Guid.NewGuid():N}.json");
        try
        {
            Assert.Null(MappingBaseline.Read(path));
            MappingTerm[] terms = [new(MappingKind.Major, "Núñez & \"Söhne\""), new(MappingKind.Category, "Staff")];
            MappingBaseline.Write(path, terms);
            Assert.Equal(terms, MappingBaseline.Read(path));
            File.WriteAllText(path, File.ReadAllText(path), System.Text.Encoding.UTF8);
            Assert.Equal(terms, MappingBaseline.Read(path));
            foreach (var other in new[] { "", "[]", "{}", "{\"majors\":[null],\"departments\":[],\"categories\":[]}", "{\"majors\":\"a\"}" })
            {
                File.WriteAllText(path, other);
                Assert.Equal("BaselineInvalid", Assert.Throws<KohaPatronException>(() => MappingBaseline.Read(path)).Notice.Code);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static IReadOnlyList<MappingGap> Gaps(IEnumerable<WorkdayPerson> people) => Check(people).Gaps(baseline: null);

    private static MappingCheck Check(IEnumerable<WorkdayPerson> people)
    {
        var check = new MappingCheck(People.Settings);
        foreach (var person in people)
            check.Add(person);
        return check;
    }
}
