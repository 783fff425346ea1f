using System.Management.Automation;
using System.Reflection;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>Lines of a plan as they come back: from the pipeline as they were, or as property bags from Import-Clixml, ConvertFrom-Json or Import-Csv.</summary>
internal static class ProxChanges
{
    private static readonly PropertyInfo[] Columns = typeof(ProxChange).GetProperties();

    /// <summary>The line of the plan, or null where the object is none.</summary>
    /// <exception cref="KohaPatronException">The line lacks a column, has one that would be written and is not known, or holds something else than text.</exception>
    public static ProxChange? From(PSObject item)
    {
        if (item.BaseObject is ProxChange change)
            return change;
        if (PlanValues.Status<ProxChangeStatus>(item, nameof(ProxChange.CardThen)) is not { } status)
            return null;
        var line = new ProxChange { Status = status, PatronId = PlanValues.Number(item, nameof(ProxChange.PatronId)) };
        if (status == ProxChangeStatus.Change)
            CheckColumns(item);
        foreach (var column in Columns.Where(column => column.PropertyType == typeof(string)))
            column.SetValue(line, PlanValues.Text(item, column.Name));
        return line;
    }

    /// <summary>What was seen and what is wanted stand in columns that end in Now and Then: none may be missing, and none be there that nobody knows.</summary>
    private static void CheckColumns(PSObject item)
    {
        var user = PlanValues.Text(item, nameof(ProxChange.UserId));
        if (Array.Find(Columns, column => IsValue(column.Name) && item.Properties[column.Name] is null) is { } missing)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"the column {missing.Name} is missing"));
        if (item.Properties.FirstOrDefault(property => IsValue(property.Name) && !Array.Exists(Columns, column => string.Equals(column.Name, property.Name, StringComparison.OrdinalIgnoreCase))) is { } unknown)
            throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"there is no column {unknown.Name}"));
    }

    private static bool IsValue(string column) => column.EndsWith("Now", StringComparison.OrdinalIgnoreCase) || column.EndsWith("Then", StringComparison.OrdinalIgnoreCase);
}
