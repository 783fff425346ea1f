using System.Text.RegularExpressions;
using KohaPatron.Core.Settings;

namespace KohaPatron.Core.Workday;

/// <summary>What the reports of a library are called, and how they are written: as the settings say, or else as Workday delivers them.</summary>
internal sealed class ExportLayouts(IReadOnlyDictionary<string, ExportSettings> settings)
{
    public static ExportLayouts BuiltIn { get; } = new(new Dictionary<string, ExportSettings>());

    /// <summary>Whose reports make a whole load: a library that names its own files has those, and no others need be there.</summary>
    public IReadOnlyList<WorkdayPersonType> Expected { get; } = settings.Values.Any(report => report.File is not null)
        ? [.. WorkdayExportFile.All.Where(type => settings.ContainsKey(type.ToString()))]
        : WorkdayExportFile.All;

    /// <summary>The names of the files that are expected, students first, as the load goes through them.</summary>
    public IReadOnlyList<string> Names => [.. Expected.Select(NameOf)];

    /// <summary>The report of a type; of people whose type is not known yet the only one that the settings describe.</summary>
    public ExportSettings Of(WorkdayPersonType? type) =>
        type is { } known ? settings.TryGetValue(known.ToString(), out var found) ? found : ExportSettings.BuiltIn
        : settings.Count == 1 ? settings.Values.First() : ExportSettings.BuiltIn;

    /// <summary>The file's name, in which * and ? may stand for other letters.</summary>
    public string NameOf(WorkdayPersonType type) => Of(type).File ?? WorkdayExportFile.NameOf(type);

    /// <summary>What a file of this name holds, or null where the name does not tell.</summary>
    public WorkdayPersonType? TypeOf(string path)
    {
        foreach (var type in WorkdayExportFile.All)
        {
            if (IsNamed(path, NameOf(type)))
                return type;
        }

        return null;
    }

    /// <summary>Whether a person of unknown type is a student or an employee, because the settings describe no other report; null: they do not say.</summary>
    public bool? AreAllEmployees => settings.Count == 0 ? null
        : settings.Keys.All(name => name == nameof(WorkdayPersonType.Employee)) ? true
        : settings.ContainsKey(nameof(WorkdayPersonType.Employee)) ? null : false;

    /// <summary>Whether a report may have a column of this name that is the module's business.</summary>
    public bool IsColumn(string name) =>
        WorkdayFields.Student.Any(field => field.Name == name) || WorkdayFields.EmployeeOnly.Any(field => field.Name == name)
        || settings.Values.SelectMany(report => report.Fields.Values).SelectMany(source => source.Columns).Any(column => ColumnPath.Parse(column).Name == name);

    public static bool HasWildcard(string name) => name.IndexOfAny(['*', '?']) >= 0;

    /// <summary>Whether the last part of a path or address is of this name.</summary>
    public static bool IsNamed(string path, string name)
    {
        var last = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        if (!HasWildcard(name))
            return string.Equals(last, name, StringComparison.OrdinalIgnoreCase);
        var pattern = "^" + Regex.Escape(name).Replace("\\*", ".*").Replace("\\?", ".") + "$";
        return Regex.IsMatch(last, pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
