namespace KohaPatron.Core.Report;

/// <summary>A table of the report: what it is about, what of an object it shows, and what is counted as bars.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Columns">The properties shown, in their order; null: all that hold no personal data.</param>
/// <param name="CountBy">The property whose values are counted; null: the first of the usual ones that there is.</param>
/// <param name="Order">Where the table stands on the page.</param>
internal sealed record ReportSectionKind(string Title, IReadOnlyList<string>? Columns, string? CountBy, int Order)
{
    private static readonly Dictionary<string, ReportSectionKind> Known = new(StringComparer.Ordinal)
    {
        ["PatronCsvProblem"] = new("Problems in the import file", ["Severity", "Line", "UserId", "Column", "Rule", "Message"], "Rule", 0),
        // What -WarningVariable and 3>&1 give.
        ["WarningRecord"] = new("Warnings of the load", ["Message"], null, 1),
        ["MappingGap"] = new("Majors, departments and categories to look at", ["Kind", "Term", "Change", "Code", "People", "Users", "Nearest", "SettingsLine"], "Kind", 1),
        ["WorkdayExportChange"] = new("Exports that are not what they were", ["Export", "Kind", "Field", "Before", "Now"], "Kind", 2),
        ["SkippedPatron"] = new("People left out", ["UserName", "Type", "Reason", "Detail"], "Reason", 4),
        ["ProxChange"] = new("Card numbers compared", ["Status", "UserId", "PatronId", "Why"], "Status", 3),
        ["ProxUpdateResult"] = new("Card numbers", ["Status", "UserId", "PatronId", "Message"], "Status", 3),
        // Names, addresses and cards stay in the plan: here it is enough that they change.
        ["PatronChange"] = new("Patrons compared", ["Status", "UserId", "PatronId", "Changes", "Why"], "Status", 3),
        ["PatronUpdateResult"] = new("Patrons", ["Status", "UserId", "PatronId", "Message"], "Status", 3),
        ["KohaAddResult"] = new("New patrons", ["Status", "UserId", "PatronId", "Message"], "Status", 3),
        // Names, e-mail, telephone and card number stay in the import file: the user id finds the row there.
        ["KohaPatronRow"] = new("Rows for Koha", ["userid", "categorycode", "branchcode", "dateenrolled", "dateexpiry"], "categorycode", 6),
    };

    /// <summary>Why people are left out, as a librarian says it.</summary>
    public static readonly IReadOnlyDictionary<string, string> Reasons = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["NoEmail"] = "no e-mail address",
        ["NoLastName"] = "no family name",
        ["NoUserName"] = "no user name",
        ["NoUniversalId"] = "no universal ID",
        ["Exception"] = "on the exceptions list",
        ["Inactive"] = "inactive",
        ["Etype"] = "an etype that gets no account",
        ["JobProfile"] = "a job profile that gets no account",
        ["Contingent"] = "contingent worker",
        ["NoCategory"] = "no patron category for the academic level",
    };

    /// <summary>Whether the counts are shown even where they are all one: how many rows a category gets is asked for.</summary>
    public bool AlwaysCounts => CountBy == "categorycode";

    /// <summary>Whether somebody should look at each of its rows before the load.</summary>
    public bool IsToLookAt => Order < 3;

    /// <summary>How objects of a type are shown.</summary>
    public static ReportSectionKind Of(string typeName) =>
        Known.TryGetValue(typeName, out var kind) ? kind : new ReportSectionKind(InWords(typeName), null, null, 5);

    /// <summary>WorkdayStudent is "Workday student"; Koha's column names stay as they are.</summary>
    public static string InWords(string typeName)
    {
        var words = new System.Text.StringBuilder();
        foreach (var letter in typeName)
        {
            if (words.Length > 0 && char.IsUpper(letter) && !char.IsUpper(words[words.Length - 1]))
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            else
                words.Append(letter);
        }

        return words.ToString();
    }

    /// <summary>Whether the values of a column are names out of the module: DuplicateCard, NoEmail.</summary>
    public static bool HasNames(string column) => column is "Rule" or "Reason" or "Change" or "Kind" or "Status" or "Type" or "Severity";
}
