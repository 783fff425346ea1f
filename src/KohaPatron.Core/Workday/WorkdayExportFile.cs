namespace KohaPatron.Core.Workday;

/// <summary>The names under which Workday delivers its exports.</summary>
internal static class WorkdayExportFile
{
    /// <summary>The file names, students first, as the load goes through them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(NameOf)];

    /// <summary>The types in the order in which a folder is read.</summary>
    public static WorkdayPersonType[] All => [WorkdayPersonType.Student, WorkdayPersonType.PreCollege, WorkdayPersonType.Employee];

    public static string NameOf(WorkdayPersonType type) => type switch
    {
        WorkdayPersonType.Student => "student_data.json",
        WorkdayPersonType.PreCollege => "student_pre_college_data.json",
        _ => "employee_data.json",
    };

    /// <summary>The names under which browsers and other programs keep a download that has not ended.</summary>
    public static IEnumerable<string> DownloadsOf(string path) => [path + ".crdownload", path + ".part", path + ".partial", path + ".download"];

    /// <summary>What a file of this name holds, or null where the name does not tell.</summary>
    public static WorkdayPersonType? TypeOf(string path)
    {
        var name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        foreach (var type in All)
        {
            if (string.Equals(name, NameOf(type), StringComparison.OrdinalIgnoreCase))
                return type;
        }

        return null;
    }
}
