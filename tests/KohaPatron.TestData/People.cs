using System.Globalization;
using System.Text;

namespace KohaPatron.TestData;

/// <summary>Invented people, the same ones for the same number: person 17 is always person 17.</summary>
public static class People
{
    private static readonly string[] Majors =
    [
        "Animation", "Architecture", "Ceramics", "Fashion Design", "Film", "Furniture", "Glass", "Graphic Design", "Illustration",
        "Industrial Design", "Interaction Design", "Interior Design", "Painting and Drawing", "Photography", "Sculpture", "Textiles", "Undeclared, UG",
    ];

    private static readonly string[] GraduateMajors = ["Graduate Architecture", "Graduate Comics", "Graduate Fine Arts", "Graduate Design (2 year)", "Graduate Writing"];

    private static readonly string[] Departments = ["Libraries", "Student Affairs", "Technology Services", "Facilities", "Human Resources", "Academic Affairs"];

    private static readonly string[] Programs = ["Ceramics", "Film", "Graphic Design", "Writing & Literature", "Critical Studies", "Jewelry/Metal Arts"];

    /// <summary>The record of a student.</summary>
    public static Dictionary<string, object?> Student(int number)
    {
        var person = Common(number);
        var graduate = number % 5 == 0;
        var major = graduate ? GraduateMajors[number % GraduateMajors.Length] : Majors[number % Majors.Length];
        person["academic_level"] = graduate ? "Graduate" : "Undergraduate";
        person["inst_email"] = $"{person["username"]}@example.edu";
        person["primary_program"] = major;
        person["programs"] = new object?[] { Program(major, "Major", graduate ? "MFA" : "BFA") };
        person["student_id"] = Digits(200_000 + number, 7);
        if (number % 3 == 0)
            person["phone"] = $"+1 (555) 01{number % 100:00}";
        return person;
    }

    /// <summary>The record of an employee.</summary>
    public static Dictionary<string, object?> Employee(int number)
    {
        var person = Common(number);
        var etype = (number % 3) switch { 0 => "Staff", 1 => "Faculty", _ => "Instructors" };
        person["active_status"] = "1";
        person["is_contingent"] = "0";
        person["etype"] = etype;
        person["employee_id"] = Digits(70_000 + number, 6);
        person["work_email"] = $"{person["username"]}@example.edu";
        switch (etype)
        {
            case "Staff":
                person["department"] = Departments[number % Departments.Length];
                person["job_profile"] = "Coordinator";
                person["work_phone"] = $"555-02{number % 100:00}";
                break;
            case "Faculty":
                person["program"] = Programs[number % Programs.Length];
                person["job_profile"] = "Professor";
                break;
            default:
                person["job_profile"] = number % 2 == 0 ? "Atelier Instructor" : "Special Programs Instructor";
                person["department"] = "Special Programs";
                break;
        }

        return person;
    }

    /// <summary>An entry of a student's programs.</summary>
    public static Dictionary<string, object?> Program(string program, string type, string? credentials = null)
    {
        var entry = new Dictionary<string, object?> { ["program"] = program, ["program_type"] = type };
        if (credentials is not null)
            entry["credentials"] = credentials;
        return entry;
    }

    /// <summary>The universal ID of a person, with the leading zeros of an export.</summary>
    public static string UniversalId(int number) => Digits(1_000_000 + number, 7 + (number % 3));

    /// <summary>The prox ID of a person, as the report pads it.</summary>
    public static string ProxId(int number) => Digits(10_000 + number, 9) + "       ";

    private static Dictionary<string, object?> Common(int number)
    {
        var first = Names.First[number % Names.First.Length];
        var last = Names.Last[number / Names.First.Length % Names.Last.Length];
        return new Dictionary<string, object?>
        {
            ["first_name"] = first,
            ["last_name"] = last,
            ["username"] = Plain(first[..1] + last) + number.ToString(CultureInfo.InvariantCulture),
            ["universal_id"] = UniversalId(number),
        };
    }

    private static string Digits(int number, int length) => number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0');

    private static string Plain(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormD).Where(letter => char.IsAsciiLetter(letter));
        return string.Concat(plain).ToLowerInvariant();
    }
}
