using FuzzySharp;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Mapping.FirstSettings;

/// <summary>Guesses which column of a report is what, by the names that such columns have elsewhere and by what they hold.</summary>
internal sealed class FieldGuess
{
    private const int GoodEnough = 75;

    /// <summary>In English, German, French and Spanish, as far as a name does not mean something else in another of them.</summary>
    private static readonly Dictionary<string, string[]> Names = new(StringComparer.Ordinal)
    {
        ["userName"] = ["username", "login", "user", "userid", "netid", "account", "network id", "benutzername", "benutzerkennung", "nom d utilisateur", "usuario", "nombre de usuario"],
        ["firstName"] = ["first name", "given", "given name", "forename", "preferred name", "vorname", "rufname", "prénom", "nombre", "nombre de pila"],
        ["lastName"] = ["last name", "surname", "family", "family name", "nachname", "familienname", "nom", "nom de famille", "apellido", "apellidos"],
        ["universalId"] = ["universal id", "id", "id nr", "id number", "person id", "campus id", "card id", "personennummer", "identifiant unique", "identificador"],
        ["phone"] = ["phone", "telephone", "mobile", "cell", "telefon", "telefonnummer", "handy", "téléphone", "portable", "teléfono", "móvil"],
        ["email"] = ["email", "e mail", "mail", "email address", "inst email", "work email", "e mail adresse", "courriel", "adresse e mail", "correo", "correo electrónico"],
        ["academicLevel"] = ["academic level", "level", "career", "study level", "level of study", "abschluss", "angestrebter abschluss", "niveau", "niveau d études", "nivel", "nivel de estudios"],
        ["primaryProgram"] = ["primary program", "major", "major 1", "program", "programme", "programme 1", "course", "program of study", "studiengang", "studienfach", "hauptfach", "filière", "formation", "carrera", "programa", "titulación"],
        ["programs"] = ["programs", "programmes", "majors", "courses", "studiengänge", "filières", "carreras", "programas"],
        ["studentId"] = ["student id", "student number", "student nr", "stud nr", "matriculation", "matrikelnummer", "matrikel nr", "numéro étudiant", "matricule", "matrícula"],
        ["activeStatus"] = ["active status", "active", "is active", "employed", "aktiv", "actif", "activo"],
        ["department"] = ["department", "dept", "unit", "team", "abteilung", "fachbereich", "département", "service", "departamento"],
        ["employeeId"] = ["employee id", "employee number", "staff number", "worker id", "personalnummer", "personal nr", "numéro d employé", "número de empleado"],
        ["etype"] = ["etype", "employee type", "worker type", "staff group", "role", "personalgruppe", "beschäftigungsart", "type d employé", "tipo de empleado"],
        ["etypeFuture"] = ["etype future", "future employee type"],
        ["isContingent"] = ["is contingent", "contingent", "contractor"],
        ["jobProfile"] = ["job profile", "job title", "position", "title", "stelle", "funktion", "fonction", "poste", "puesto", "cargo"],
        ["program"] = ["program", "academic program", "school", "studiengang", "programme", "programa"],
        ["workPhone"] = ["work phone", "office phone", "diensttelefon", "téléphone professionnel", "teléfono de trabajo"],
    };

    private readonly Dictionary<string, IReadOnlyList<string>> _columns = new(StringComparer.Ordinal);

    private FieldGuess(string report, IReadOnlyList<SurveyedColumn> columns)
    {
        Report = report;
        Words = ExportKeys.WordsOf(report);
        var guesses = from word in Words
                      from column in columns
                      let score = Score(word, column)
                      where score >= GoodEnough
                      orderby score descending
                      select (word, column);
        var taken = new HashSet<SurveyedColumn>();
        foreach (var (word, column) in guesses)
        {
            if (!_columns.ContainsKey(word) && taken.Add(column))
                _columns.Add(word, [column.Name]);
        }

        if (Words.Contains(Programs))
            AddPrograms(columns);
    }

    private const string Programs = "programs";
    private const string PrimaryProgram = "primaryProgram";

    /// <summary>What the report holds: a name below "exports".</summary>
    public string Report { get; }

    /// <summary>The module's words for such a report.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>How many of the words have a column.</summary>
    public int Recognised => _columns.Count;

    /// <summary>The columns of a word; none: nobody knows.</summary>
    public IReadOnlyList<string> ColumnsOf(string word) => _columns.TryGetValue(word, out var columns) ? columns : [];

    /// <summary>The guess for a report; of one that may hold anybody for the kind that explains more.</summary>
    public static FieldGuess Of(ReportSurvey survey, string? report)
    {
        if (report is not null)
            return new FieldGuess(report, survey.Columns);
        var (student, employee) = (new FieldGuess("Student", survey.Columns), new FieldGuess("Employee", survey.Columns));
        return employee.Recognised > student.Recognised ? employee : student;
    }

    /// <summary>A second major is a program like the first: every column that is called like it, but for its number.</summary>
    private void AddPrograms(IReadOnlyList<SurveyedColumn> columns)
    {
        if (ColumnsOf(PrimaryProgram) is not [var first])
            return;
        var others = columns.Select(column => column.Name).Where(name => name != first && Stem(name).Length > 0 && Stem(name) == Stem(first) && !_columns.Values.Any(taken => taken.Contains(name))).ToList();
        var own = ColumnsOf(Programs);
        if (others.Count > 0 || own.Any(name => Stem(name) == Stem(first)))
            _columns[Programs] = [first, .. own, .. others];
    }

    private static string Stem(string name) => new([.. Plain(name).Replace("second", string.Empty).Replace("first", string.Empty).Where(char.IsLetter)]);

    private static int Score(string word, SurveyedColumn column)
    {
        if (Contradicts(word, column))
            return 0;
        var name = Plain(column.Name);
        var byName = Names[word].Max(known => known == name ? 100 : Fuzz.Ratio(known, name));
        return word switch
        {
            "email" when column.IsMail => Math.Max(byName, 80),
            "userName" when column.IsLogin => Math.Max(byName, 90),
            _ => byName,
        };
    }

    private static bool Contradicts(string word, SurveyedColumn column) => column.Filled > 0 && word switch
    {
        "email" => !column.IsMail,
        "userName" => !column.IsWord || column.IsMail || column.IsFlag,
        "universalId" or "studentId" or "employeeId" => !column.IsNumber,
        "activeStatus" or "isContingent" => !column.IsFlag,
        "phone" or "workPhone" => column.IsMail || column.IsFlag,
        _ => column.IsMail || column.IsNumber || column.IsFlag,
    };

    /// <summary>A name in small letters, its words apart; of a member of a list that of the list.</summary>
    private static string Plain(string name)
    {
        var words = name.Split(["[]."], StringSplitOptions.None)[0].ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ').ToArray();
        return string.Join(" ", new string(words).Split([' '], StringSplitOptions.RemoveEmptyEntries));
    }
}
