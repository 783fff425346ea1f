using System.Globalization;
using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Settings;

/// <summary>The shape of a setting's value, and how it is said to somebody who got it wrong.</summary>
internal enum SettingsShape
{
    Text,
    Flag,
    List,

    /// <summary>Names with a text each; with an asterisk of a null too, which means: known, and no code.</summary>
    Table,
    NullableTable,
    CardNumber,
    Days,
    Group,

    /// <summary>What <see cref="ExportKeys"/> say.</summary>
    Exports,
}

/// <summary>A key of the settings file.</summary>
/// <param name="Name">The key as it is written.</param>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Description">What it does: the schema and Get-KohaPatronSetting show it.</param>
/// <param name="Members">The keys within, where they are fixed.</param>
/// <param name="Allowed">The values allowed in it, where they are fixed.</param>
internal sealed record SettingsKey(
    string Name,
    SettingsShape Shape,
    string Description,
    IReadOnlyList<string>? Members = null,
    IReadOnlyList<string>? Allowed = null);

/// <summary>All keys of a settings file, in the order in which they are shown. The JSON schema is printed from them by its test.</summary>
internal static class SettingsKeys
{
    public const string Otherwise = "otherwise";

    private static readonly string[] Months = CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.Where(month => month.Length > 0).ToArray();

    public static IReadOnlyList<SettingsKey> All { get; } =
    [
        new("$schema", SettingsShape.Text, "Where the schema of this file stands, for editors."),
        new("profile", SettingsShape.Text, "The built-in rules that this file adds to.", Allowed: SettingsLoader.ProfileNames),
        new("replaceTables", SettingsShape.Flag, "Whether this file's categories, majors and departments stand alone; otherwise they are added to the profile's."),
        new("source", SettingsShape.Text, "The folder or gs:// address with the Workday exports."),
        new(ExportKeys.Name, SettingsShape.Exports, "What the reports are called, and which of their columns is what; left out: Workday's names."),
        new("storage", SettingsShape.Table, "How a gs:// address is read: a credentials file, the service account to act as, the project that pays.", ["credentialPath", "impersonateServiceAccount", "userProject"]),
        new("proxReport", SettingsShape.Text, "The path of the prox report."),
        new("library", SettingsShape.Text, "The code of the patrons' library in Koha (branchcode)."),
        new("attributes", SettingsShape.Table, "The types of the patron attributes in Koha.", ["universalId", "studentId", "major", "department"]),
        new("authorisedValues", SettingsShape.Table, "The authorised value categories in Koha that hold the codes of majors and departments.", ["major", "department"]),
        new("cardNumber", SettingsShape.CardNumber, "How a prox ID becomes a card number."),
        new("useInactiveCards", SettingsShape.Flag, "Whether the cards of inactive accounts in the prox report are used."),
        new("maximumAge", SettingsShape.Days, "How many days old an export or the prox report may be before it is a warning."),
        new("exceptions", SettingsShape.List, "User names of people who get no row."),
        new("proxExceptions", SettingsShape.List, "User names or universal IDs of people whose card number in Koha is left alone."),
        new("proxLeaveOutJobProfiles", SettingsShape.List, "Job profiles of employees whose card number in Koha is left alone."),
        new("proxLeaveOutNoEmail", SettingsShape.Flag, "Whether the card number of students without an e-mail address is left alone."),
        new("compare", SettingsShape.List, "The fields of a patron that Compare-KohaPatron compares: Koha's columns, and attributes by their type, or all of them as patron_attributes."),
        new("protect", SettingsShape.Group, "Fields that Update-KohaPatron never changes, and patrons whom it leaves alone, by user id, universal ID or patron number.", ["fields", "patrons"]),
        new("leaveOut", SettingsShape.Group, "Kinds of employees who get no row.", ["etypes", "jobProfiles"]),
        new("instructorJobProfiles", SettingsShape.List, "Job profiles that an instructor may have without being looked at."),
        new("expiry", SettingsShape.Table, "When an account expires, by etype.", ["Instructors", "Staff"], ExpiryDayNames),
        new("facultyExpiry", SettingsShape.Table, "When Faculty's accounts expire, by the month in which the semester ends: the next such day (MM-DD); \"otherwise\" for the other months.", [.. Months, Otherwise]),
        new("categories", SettingsShape.Table, "Patron categories in Koha by academic level and etype."),
        new("majors", SettingsShape.NullableTable, "Codes of majors by program; null: known, without a code."),
        new("departments", SettingsShape.NullableTable, "Codes of departments by program, department or job profile; null: known, without a code."),
    ];

    /// <summary>The ways to name an expiry by its distance, as they are written in the settings.</summary>
    public static IReadOnlyList<string> ExpiryDayNames => ["SemesterEnd", "EndOfMonth", "OneYearFromToday"];

    /// <summary>The tables that are added to the profile's line by line.</summary>
    public static bool IsMerged(SettingsKey key) => key.Shape is SettingsShape.Table or SettingsShape.NullableTable or SettingsShape.Group;

    /// <summary>Checks a file's root: every key known and once, every value of its shape.</summary>
    /// <exception cref="KohaPatronException">The first mistake, with its line.</exception>
    public static void Check(SettingsNode root, string file)
    {
        if (root.Kind != JsonValueKind.Object)
            throw Wrong(file, root, "the file", "an object, { … }");
        CheckRepeats(root, file);
        foreach (var member in root.Members)
        {
            var key = All.FirstOrDefault(each => each.Name == member.Key)
                ?? throw new KohaPatronException(SettingsNotices.UnknownKey(Place(file, member.Value), member.Key, All.Select(each => each.Name)));
            CheckValue(key, member.Value, file);
        }
    }

    private static void CheckValue(SettingsKey key, SettingsNode value, string file)
    {
        switch (key.Shape)
        {
            case SettingsShape.Text:
                Require(value.IsText, file, value, key.Name, "text in quotation marks");
                CheckPath(value, file);
                break;
            case SettingsShape.Days:
                Require(value.Kind == JsonValueKind.Number && int.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0, file, value, key.Name, "a number of days, 1 or more");
                break;
            case SettingsShape.Flag:
                Require(value.Kind is JsonValueKind.True or JsonValueKind.False, file, value, key.Name, "true or false");
                break;
            case SettingsShape.List:
                CheckList(key.Name, value, file);
                break;
            case SettingsShape.Group:
                CheckMembers(key.Name, value, key.Members, file);
                foreach (var member in value.Members)
                    CheckList($"{key.Name}.{member.Key}", member.Value, file);
                break;
            case SettingsShape.Exports:
                ExportKeys.Check(value, file);
                break;
            case SettingsShape.CardNumber:
                CheckCardNumber(key.Name, value, file);
                break;
            default:
                CheckTable(key, value, file);
                break;
        }
    }

    private static void CheckList(string name, SettingsNode value, string file)
    {
        Require(value.Kind == JsonValueKind.Array, file, value, name, "a list of texts, [ … ]");
        foreach (var element in value.Elements)
            Require(element.IsText, file, element, name, "a list of texts");
    }

    private static void CheckTable(SettingsKey key, SettingsNode value, string file)
    {
        CheckMembers(key.Name, value, key.Members, file);
        foreach (var member in value.Members)
        {
            var name = $"{key.Name}.{member.Key}";
            var nullable = key.Shape == SettingsShape.NullableTable;
            Require(
                member.Value.IsText || (nullable && member.Value.Kind == JsonValueKind.Null),
                file,
                member.Value,
                name,
                nullable ? "a code in quotation marks, or null" : "text in quotation marks");
            CheckPath(member.Value, file);
            if (key.Allowed is { } allowed)
                Require(allowed.Contains(member.Value.Text, StringComparer.Ordinal), file, member.Value, name, string.Join(", ", allowed));
            if (key.Name == "facultyExpiry")
                CheckFacultyExpiry(name, member, file);
        }
    }

    /// <summary>The \t and \n of a Windows path whose backslashes were written once: no text of the settings has control characters.</summary>
    private static void CheckPath(SettingsNode value, string file)
    {
        if (value.Text.Any(char.IsControl))
            throw new KohaPatronException(SettingsNotices.Backslash(Place(file, value)));
    }

    private static void CheckFacultyExpiry(string name, KeyValuePair<string, SettingsNode> member, string file)
    {
        if (member.Key == Otherwise)
        {
            string[] allowed = ["Error", .. ExpiryDayNames];
            Require(allowed.Contains(member.Value.Text, StringComparer.Ordinal), file, member.Value, name, string.Join(", ", allowed));
        }
        else
        {
            Require(MonthDay.TryParse(member.Value.Text, out _), file, member.Value, name, "a day of the year such as \"05-31\"");
        }
    }

    private static void CheckCardNumber(string name, SettingsNode value, string file)
    {
        const string Expected = "{ \"rule\": \"TrimLeadingZeros\" } or { \"rule\": \"LastDigits\", \"digits\": 5 }";
        Require(value.Kind == JsonValueKind.Object, file, value, name, Expected);
        CheckRepeats(value, file);
        foreach (var member in value.Members)
        {
            if (member.Key is not ("rule" or "digits"))
                throw new KohaPatronException(SettingsNotices.UnknownKey(Place(file, member.Value), $"{name}.{member.Key}", ["rule", "digits"]));
        }

        var rule = value.Members.FirstOrDefault(member => member.Key == "rule").Value;
        var digits = value.Members.FirstOrDefault(member => member.Key == "digits").Value;
        var byDigits = rule?.Text == CardNumberRule.LastDigitsName;
        Require(rule?.Kind == JsonValueKind.String && (byDigits || rule.Text == CardNumberRule.TrimLeadingZeros), file, rule ?? value, name, Expected);
        Require(byDigits == (digits is not null), file, digits ?? value, name, Expected);
        if (digits is not null)
            Require(int.TryParse(digits.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= CardNumberRule.LongestInKoha, file, digits, $"{name}.digits", "a number from 1 to 32");
    }

    /// <summary>Checks a table: every key known, where the keys are fixed, and once.</summary>
    internal static void CheckMembers(string name, SettingsNode value, IReadOnlyList<string>? known, string file)
    {
        Require(value.Kind == JsonValueKind.Object, file, value, name, "a table, { … }");
        CheckRepeats(value, file);
        foreach (var member in value.Members)
        {
            if (known?.Contains(member.Key, StringComparer.Ordinal) == false)
                throw new KohaPatronException(SettingsNotices.UnknownKey(Place(file, member.Value), member.Key, known));
        }
    }

    private static void CheckRepeats(SettingsNode value, string file)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in value.Members)
        {
            if (seen.TryGetValue(member.Key, out var earlier))
                throw new KohaPatronException(SettingsNotices.RepeatedKey(Place(file, member.Value), member.Key, earlier));
            seen.Add(member.Key, member.Value.Line);
        }
    }

    internal static void Require(bool fits, string file, SettingsNode value, string key, string expected)
    {
        if (!fits)
            throw Wrong(file, value, key, expected);
    }

    private static KohaPatronException Wrong(string file, SettingsNode value, string key, string expected) =>
        new(SettingsNotices.WrongValue(Place(file, value), key, expected, Found(value)));

    private static string Found(SettingsNode value) => value.Kind switch
    {
        JsonValueKind.String => $"\"{value.Text}\"",
        JsonValueKind.Number => $"the number {value.Text}",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        var kind => kind.ToString().ToLowerInvariant(),
    };

    private static string Place(string file, SettingsNode value) => $"{file}, line {value.Line}";
}
