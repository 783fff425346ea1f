using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Settings;

/// <summary>The keys below "exports": the reports, what is said of each, and the module's words for their columns.</summary>
internal static class ExportKeys
{
    public const string Name = "exports";
    public const string Constant = "constant";
    public const string Latin1 = "Latin1";
    public const string Json = "JSON";
    public const string Csv = "CSV";

    private static readonly string[] CommonWords = ["userName", "firstName", "lastName", "universalId", "phone", "email"];

    /// <summary>The module's words for the columns of students.</summary>
    public static IReadOnlyList<string> StudentWords { get; } = [.. CommonWords, "academicLevel", "primaryProgram", "programs", "studentId"];

    /// <summary>The module's words for the columns of employees.</summary>
    public static IReadOnlyList<string> EmployeeWords { get; } =
        [.. CommonWords, "activeStatus", "department", "employeeId", "etype", "etypeFuture", "isContingent", "jobProfile", "program", "workPhone"];

    /// <summary>The reports, by what they hold.</summary>
    public static IReadOnlyList<string> Reports { get; } = ["Student", "Employee", "PreCollege"];

    /// <summary>What is said of a report by a text, with the values allowed where they are fixed.</summary>
    public static IReadOnlyList<(string Key, IReadOnlyList<string>? Allowed, string Description)> Texts { get; } =
    [
        ("file", null, "The file's name; * and ? stand for other letters, and of several files the newest is read."),
        ("format", [Json, Csv], "How the report is written; left out: the file tells."),
        ("encoding", [Latin1], "How text is stored in a CSV that is no Unicode; it is never guessed."),
        ("programSeparator", null, "What stands between several programs in one column, such as a semicolon."),
    ];

    public const string Fields = "fields";
    public const string FieldsDescription = "The report's columns by the module's words: a column, a list of columns (the first that is not blank; of programs all), or { \"constant\": … } for everybody. \"Courses[].Title\" is a member of a list of objects.";

    public static IReadOnlyList<string> WordsOf(string report) => report == "Employee" ? EmployeeWords : StudentWords;

    public static IReadOnlyList<string> KeysOfReport { get; } = [.. Texts.Select(text => text.Key), Fields];

    /// <exception cref="KohaPatronException">The first mistake, with its line.</exception>
    public static void Check(SettingsNode exports, string file)
    {
        SettingsKeys.CheckMembers(Name, exports, Reports, file);
        foreach (var report in exports.Members)
        {
            var name = $"{Name}.{report.Key}";
            SettingsKeys.CheckMembers(name, report.Value, KeysOfReport, file);
            foreach (var member in report.Value.Members)
            {
                if (member.Key == Fields)
                    CheckFields($"{name}.{Fields}", member.Value, WordsOf(report.Key), file);
                else
                    CheckText($"{name}.{member.Key}", member.Value, Texts.First(text => text.Key == member.Key).Allowed, file);
            }
        }
    }

    /// <summary>What the settings say of the reports.</summary>
    public static IReadOnlyDictionary<string, ExportSettings> Read(SettingsNode? exports) =>
        (exports?.Members ?? []).ToDictionary(report => report.Key, report => Read(report.Value.Members), StringComparer.Ordinal);

    private static ExportSettings Read(IReadOnlyList<KeyValuePair<string, SettingsNode>> members)
    {
        return new(Text("file"), Text("format"), Text("encoding"), Text("programSeparator"), (Find(Fields)?.Members ?? []).ToDictionary(field => field.Key, field => SourceOf(field.Value), StringComparer.Ordinal));

        SettingsNode? Find(string key) => members.FirstOrDefault(member => member.Key == key).Value;

        string? Text(string key) => Find(key)?.Text;
    }

    private static FieldSource SourceOf(SettingsNode node) => node.Kind switch
    {
        JsonValueKind.Object => new([], node.Members[0].Value.Text),
        JsonValueKind.Array => new([.. node.Elements.Select(column => column.Text.Trim())], null),
        _ => new([node.Text.Trim()], null),
    };

    /// <summary>How a source reads in the settings.</summary>
    public static string InWords(SettingsNode node) => SourceOf(node) is { Constant: { } constant } ? $"{Constant} {constant}" : string.Join(", ", SourceOf(node).Columns);

    private static void CheckText(string name, SettingsNode value, IReadOnlyList<string>? allowed, string file)
    {
        SettingsKeys.Require(value.IsText, file, value, name, "text in quotation marks");
        if (allowed is not null)
            SettingsKeys.Require(allowed.Contains(value.Text, StringComparer.Ordinal), file, value, name, string.Join(", ", allowed));
    }

    private static void CheckFields(string name, SettingsNode fields, IReadOnlyList<string> words, string file)
    {
        SettingsKeys.CheckMembers(name, fields, words, file);
        foreach (var field in fields.Members)
        {
            var fits = field.Value.Kind switch
            {
                JsonValueKind.Array => field.Value.Elements.Count > 0 && field.Value.Elements.All(column => column.IsText),
                JsonValueKind.Object => field.Value.Members is [{ Key: Constant, Value.IsText: true }],
                _ => field.Value.IsText,
            };
            SettingsKeys.Require(fits, file, field.Value, $"{name}.{field.Key}", $"a column, a list of columns, or {{ \"{Constant}\": \"…\" }}");
        }
    }
}
