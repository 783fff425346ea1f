using Person = System.Collections.Generic.Dictionary<string, object?>;

namespace KohaPatron.TestData;

/// <summary>
/// The files of examples/: some hundred ordinary people, and among them those that a load meets every semester: inactive
/// ones, ones without e-mail, unknown majors, a shared card, names with commas and quotes, absent fields, booleans in all
/// spellings.
/// </summary>
public static class ExampleFiles
{
    private const int Students = 412;
    private const int Employees = 138;
    private const int PreCollege = 24;
    private const int FirstEmployee = 1_000;
    private const int FirstPreCollege = 2_000;

    /// <summary>Writes the three exports and the prox report into a folder.</summary>
    public static void Write(string folder)
    {
        var students = StudentRecords();
        var preCollege = PreCollegeRecords();
        var employees = EmployeeRecords();
        ExportWriter.WriteExport(Path.Combine(folder, "student_data.json"), students);
        ExportWriter.WriteExport(Path.Combine(folder, "student_pre_college_data.json"), preCollege);
        ExportWriter.WriteExport(Path.Combine(folder, "employee_data.json"), employees);
        ExportWriter.WriteProxReport(Path.Combine(folder, "prox.csv"), ProxRows());
    }

    private static List<Person> StudentRecords()
    {
        var people = Enumerable.Range(0, Students).Select(People.Student).ToList();
        // Not in the majors table.
        foreach (var number in new[] { 41, 173, 322 })
        {
            people[number]["primary_program"] = "Comics MFA (Low-Residency)";
            people[number]["programs"] = new object?[] { People.Program("Comics MFA (Low-Residency)", "Major", "MFA") };
        }

        // Their primary program is unknown, a further one is not; and a list may hold nulls.
        people[12]["primary_program"] = "Open Studies";
        people[12]["programs"] = new object?[] { null, People.Program("Open Studies", "Certificate"), People.Program("Sculpture", "Minor") };
        people[60]["programs"] = null;
        people[61].Remove("programs");
        people[62].Remove("phone");
        // No e-mail address yet.
        foreach (var number in new[] { 7, 88, 150, 204, 399 })
            people[number].Remove("inst_email");
        people[300]["inst_email"] = null;
        // Names that need quoting in the CSV.
        people[20]["last_name"] = "King, Jr.";
        people[21]["first_name"] = "Robert \"Bob\"";
        people[22]["last_name"] = "Ortiz\nVega";
        // A field that nobody here knows: it can be filtered on.
        foreach (var number in Enumerable.Range(100, 30))
            people[number]["campus"] = number % 2 == 0 ? "San Francisco" : "Oakland";
        return people;
    }

    private static List<Person> PreCollegeRecords() =>
    [
        .. Enumerable.Range(FirstPreCollege, PreCollege).Select(number =>
        {
            var person = People.Student(number);
            person["academic_level"] = "Pre-College";
            person.Remove("primary_program");
            person["programs"] = Array.Empty<object?>();
            return person;
        }),
    ];

    private static List<Person> EmployeeRecords()
    {
        var people = Enumerable.Range(FirstEmployee, Employees).Select(People.Employee).ToList();
        object[] no = ["0", false, 0];
        for (var i = 0; i < 21; i++)
            people[i * 6]["active_status"] = no[i % 3];
        people[1]["active_status"] = true;
        people[2]["active_status"] = 1;
        foreach (var number in new[] { 3, 45, 99 })
            people[number].Remove("work_email");
        object[] yes = ["1", true, 1, "true"];
        for (var i = 0; i < 4; i++)
            people[13 + (i * 8)]["is_contingent"] = yes[i];
        // On the exceptions list of koha-patron.json.
        people[50]["username"] = "library-kiosk";
        people[51]["username"] = "testaccount";
        // Instructors with a job profile that is not one of theirs.
        foreach (var number in new[] { 56, 83 })
        {
            people[number]["etype"] = "Instructors";
            people[number]["job_profile"] = "Ceramics Technician";
            people[number]["department"] = "Ceramics";
        }

        // Known, and without a code.
        people[55]["program"] = "All Faculty";
        people[58]["etype"] = null;
        people[58]["etype_future"] = "Staff";
        return people;
    }

    /// <summary>Most people have a card; two share one, some cells are blank, IDs have more zeros than in Workday.</summary>
    private static IEnumerable<(string UniversalId, string ProxId)> ProxRows()
    {
        var everybody = Enumerable.Range(0, Students).Concat(Enumerable.Range(FirstEmployee, Employees)).Concat(Enumerable.Range(FirstPreCollege, PreCollege));
        foreach (var number in everybody)
        {
            if (number % 21 == 11)
                continue;
            var prox = number switch
            {
                30 => "",
                31 => "000000000",
                203 => People.ProxId(202),
                _ => People.ProxId(number),
            };
            yield return ("00" + People.UniversalId(number), prox);
        }
    }
}
