using System.Collections;
using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.PatronSync.Records;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>Any object as a report shows it: a name for its kind, and its properties as text.</summary>
internal static class ReportValues
{
    private const string Deserialized = "Deserialized.";

    /// <summary>The short name of the type; after Import-Clixml too.</summary>
    public static string TypeOf(PSObject item)
    {
        var name = item.TypeNames.Count > 0 ? item.TypeNames[0] : item.BaseObject.GetType().FullName!;
        if (name.StartsWith(Deserialized, StringComparison.Ordinal))
            name = name.Substring(Deserialized.Length);
        name = name.Substring(name.LastIndexOf('.') + 1);
        return name is "PSCustomObject" or "Hashtable" ? "Other" : name;
    }

    public static IEnumerable<KeyValuePair<string, string>> Of(PSObject item)
    {
        if (item.BaseObject is string text)
            return [new("Text", text)];
        var values = item.Properties.Where(property => property.IsGettable).Select(property => new KeyValuePair<string, string>(property.Name, Text(property.Value)));
        return TypeOf(item) == nameof(PatronChange) && PatronChanges.From(item) is { } change ? values.Append(new("Changes", Changes(change))) : values;
    }

    /// <summary>What a line of a plan touches; the values only where they are nobody's name, number or address.</summary>
    private static string Changes(PatronChange change) => change.Status != PatronChangeStatus.Change ? string.Empty : string.Join(", ", change.Field.Select((field, i) =>
        field is "dateexpiry" or "categorycode" ? $"{field}: {(change.Now.ElementAtOrDefault(i) is { Length: > 0 } now ? now : "none")} to {change.Then.ElementAtOrDefault(i)}" : field));

    private static string Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "yes" : "no",
        DateTime date => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(Text)),
        var other => other.ToString() ?? string.Empty,
    };
}
