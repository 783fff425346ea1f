using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Records;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Lines of a plan of whole records as they come back: from the pipeline as they were, or as property bags from Import-Clixml or ConvertFrom-Json.</summary>
internal static class PatronChanges
{
    /// <summary>The line of the plan, or null where the object is none.</summary>
    /// <exception cref="KohaPatronException">A list of the line is missing.</exception>
    public static PatronChange? From(PSObject item)
    {
        if (item.BaseObject is PatronChange change)
            return change;
        if (Text(item, nameof(PatronChange.Status)) is not { } status || !Enum.TryParse<PatronChangeStatus>(status, ignoreCase: true, out var parsed) || parsed is < PatronChangeStatus.New or > PatronChangeStatus.Leaver || item.Properties[nameof(PatronChange.Then)] is null)
            return null;
        var line = new PatronChange
        {
            Status = parsed,
            ApiRoot = Text(item, nameof(PatronChange.ApiRoot)),
            UserId = Text(item, nameof(PatronChange.UserId)),
            UniversalId = Text(item, nameof(PatronChange.UniversalId)),
            Why = Text(item, nameof(PatronChange.Why)),
            PatronId = int.TryParse(Text(item, nameof(PatronChange.PatronId)), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            Among = int.TryParse(Text(item, nameof(PatronChange.Among)), NumberStyles.None, CultureInfo.InvariantCulture, out var among) ? among : 0,
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
        IEnumerable list and not string => list.Cast<object?>().Select(each => Value(each, name, user)),
        _ => throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"{name} is no list (Export-Clixml and ConvertTo-Json keep it, Export-Csv does not)")),
    };

    /// <summary>A value; a date, a list or an object in its place has lost what it was.</summary>
    private static string? Value(object? value, string name, string? user) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        var other => throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"{name} holds a {other.GetType().Name} where a text should be")),
    };

    private static string? Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
