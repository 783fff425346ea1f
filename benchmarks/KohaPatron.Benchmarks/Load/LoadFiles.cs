using System.Globalization;
using KohaPatron.TestData;

namespace KohaPatron.Benchmarks.Load;

/// <summary>
/// Exports and a prox report of invented people, made once for each size: nine in ten are students, nine in ten have a card
/// of their own, three in two hundred have a major that no table knows, and one in a hundred has no e-mail address.
/// </summary>
internal sealed class LoadFiles
{
    // Changes with the data, so that files of an earlier kind are not taken for these.
    private const int Edition = 2;

    public LoadFiles(int people)
    {
        People = people;
        Folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"kohapatron-benchmark-{Edition}-{people}"));
        if (File.Exists(ProxReport))
            return;
        Directory.CreateDirectory(Folder);
        ExportWriter.WriteExport(Students, Enumerable.Range(0, people * 9 / 10).Select(Student));
        ExportWriter.WriteExport(Employees, Enumerable.Range(people * 9 / 10, people / 10).Select(TestData.People.Employee));
        ExportWriter.WriteProxReport(ProxReport, Enumerable.Range(0, people).Where(number => number % 10 != 3).Select(number => (TestData.People.UniversalId(number), TestData.People.ProxId(number))));
    }

    public int People { get; }

    public string Folder { get; }

    public string Students => Path.Combine(Folder, "student_data.json");

    public string Employees => Path.Combine(Folder, "employee_data.json");

    public string ProxReport => Path.Combine(Folder, "prox.csv");

    public string Csv => Path.Combine(Folder, "patrons.csv");

    private static Dictionary<string, object?> Student(int number)
    {
        var person = TestData.People.Student(number);
        if (number % 200 is 7 or 77 or 177)
        {
            person["primary_program"] = "Comics MFA (Low-Residency)";
            person["programs"] = new object?[] { TestData.People.Program("Comics MFA (Low-Residency)", "Major", "MFA") };
        }

        if (number % 100 == 50)
            person.Remove("inst_email");
        return person;
    }
}
