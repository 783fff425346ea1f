using System.Collections;
using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Records;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>Lines of a plan of whole records as they come back: from the pipeline as they were, or as property bags from Import-Clixml or ConvertFrom-Json.</summary>
internal static class PatronChanges
{
    /// <summary>The line of the plan, or null where the object is none.</summary>
    /// <exception cref="KohaPatronException">Something of the line is not what it was.</exception>
    public static PatronChange? From(PSObject item)
    {
        if (item.BaseObject is PatronChange change)
            return change;
        if (PlanValues.Status<PatronChangeStatus>(item, nameof(PatronChange.Then)) is not { } status)
            return null;
        var line = new PatronChange
        {
            Status = status,
            ApiRoot = PlanValues.Text(item, nameof(PatronChange.ApiRoot)),
            UserId = PlanValues.Text(item, nameof(PatronChange.UserId)),
            UniversalId = PlanValues.Text(item, nameof(PatronChange.UniversalId)),
            Why = PlanValues.Text(item, nameof(PatronChange.Why)),
            PatronId = PlanValues.Number(item, nameof(PatronChange.PatronId)),
            Among = PlanValues.Number(item, nameof(PatronChange.Among)) ?? 0,
        };
        line.Field = [.. List(item, nameof(PatronChange.Field), line.UserId).OfType<string>()];
        line.Now = [.. List(item, nameof(PatronChange.Now), line.UserId)];
        line.Then = [.. List(item, nameof(PatronChange.Then), line.UserId)];
        return line;
    }

    /// <summary>The values of a list; Import-Csv has only the name of its type, which is no list.</summary>
    private static IEnumerable<string?> List(PSObject item, string name, string? user) => (item.Properties[name]?.Value is PSObject wrapped ? wrapped.BaseObject : item.Properties[name]?.Value) switch
    {
        null => [],
        IEnumerable list and not string => list.Cast<object?>().Select(each => PlanValues.Of(each, name, user)),
        _ => throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"{name} is no list (Export-Clixml and ConvertTo-Json keep it, Export-Csv does not)")),
    };
}
