using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.PatronSync;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Lines of a plan as they come back: from the pipeline as they were, or as property bags from Import-Clixml, ConvertFrom-Json or Import-Csv.</summary>
internal static class ProxChanges
{
    /// <summary>The line of the plan, or null where the object is none.</summary>
    public static ProxChange? From(PSObject item)
    {
        if (item.BaseObject is ProxChange change)
            return change;
        if (Text(item, "Status") is not { } status || !Enum.TryParse<ProxChangeStatus>(status, ignoreCase: true, out var parsed) || item.Properties["CardThen"] is null)
            return null;
        return new ProxChange
        {
            Status = parsed,
            UserId = Text(item, "UserId"),
            UniversalId = Text(item, "UniversalId"),
            PatronId = int.TryParse(Text(item, "PatronId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            NameInKoha = Text(item, "NameInKoha"),
            CardNow = Text(item, "CardNow"),
            CardThen = Text(item, "CardThen"),
            FirstNameThen = Text(item, "FirstNameThen"),
            SurnameThen = Text(item, "SurnameThen"),
            Why = Text(item, "Why"),
        };
    }

    // A blank is nothing: a plan that was kept as CSV must not blank names.
    private static string? Text(PSObject item, string name) => item.Properties[name]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
