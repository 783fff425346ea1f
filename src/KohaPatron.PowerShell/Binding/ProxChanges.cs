using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Lines of a plan as they come back: from the pipeline as they were, or as property bags from Import-Clixml, ConvertFrom-Json or Import-Csv.</summary>
internal static class ProxChanges
{
    private static readonly PropertyInfo[] Columns = typeof(ProxChange).GetProperties();

    /// <summary>The line of the plan, or null where the object is none.</summary>
    /// <exception cref="KohaPatronException">The line lacks a column, or has one that would be written and is not known.</exception>
    public static ProxChange? From(PSObject item)
    {
        if (item.BaseObject is ProxChange change)
            return change;
        if (Text(item, nameof(ProxChange.Status)) is not { } status || !Enum.TryParse<ProxChangeStatus>(status, ignoreCase: true, out var parsed) || parsed is < ProxChangeStatus.Unchanged or > ProxChangeStatus.Conflict || item.Properties[nameof(ProxChange.CardThen)] is null)
            return null;
        var line = new ProxChange { Status = parsed };
        if (parsed == ProxChangeStatus.Change)
            CheckColumns(item);
        foreach (var column in Columns.Where(column => column.PropertyType == typeof(string)))
            column.SetValue(line, Text(item, column.Name));
        line.PatronId = int.TryParse(Text(item, nameof(ProxChange.PatronId)), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
        return line;
    }

    /// <summary>What was seen and what is wanted stand in columns that end in Now and Then: none may be missing, and none be there that nobody knows.</summary>
    private static void CheckColumns(PSObject item)
    {
        var user = Text(item, nameof(ProxChange.UserId));
        if (Array.Find(Columns, column => IsValue(column.Name) && item.Properties[column.Name] is null) is { } missing)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"the column {missing.Name} is missing"));
        if (item.Properties.FirstOrDefault(property => IsValue(property.Name) && !Array.Exists(Columns, column => string.Equals(column.Name, property.Name, StringComparison.OrdinalIgnoreCase))) is { } unknown)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"there is no column {unknown.Name}"));
    }

    private static bool IsValue(string column) => column.EndsWith("Now", StringComparison.OrdinalIgnoreCase) || column.EndsWith("Then", StringComparison.OrdinalIgnoreCase);

    // A blank is nothing: a plan that was kept as CSV must not blank names.
    private static string? Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
