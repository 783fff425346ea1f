using System.Globalization;
using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>What the properties of a line hold that comes back from a file: texts and numbers. Anything else in their place has lost what it was.</summary>
internal static class PlanValues
{
    /// <summary>The status of a line, by its name or number; null: the object is no line of this kind of plan.</summary>
    /// <param name="item">The object.</param>
    /// <param name="mark">A property that lines of this kind have, and others have not.</param>
    /// <exception cref="KohaPatronException">It has another status than a plan has.</exception>
    public static TStatus? Status<TStatus>(PSObject item, string mark)
        where TStatus : struct, Enum
    {
        if (item.Properties["Status"]?.Value?.ToString() is not { Length: > 0 } text || item.Properties[mark] is null)
            return null;
        // A list of names would be read as flags are.
        return text.IndexOf(',') < 0 && Enum.TryParse(text, ignoreCase: true, out TStatus status) && typeof(TStatus).IsEnumDefined(status)
            ? status
            : throw new KohaPatronException(CardSyncNotices.PlanInvalid(item.Properties["UserId"]?.Value as string, "the status is none that a plan has"));
    }

    /// <summary>A property as text; null where it is missing or empty: a plan that was kept as CSV must not blank anything.</summary>
    /// <exception cref="KohaPatronException">It is neither text nor number.</exception>
    public static string? Text(PSObject item, string name) =>
        Of(item.Properties[name]?.Value, name, item.Properties["UserId"]?.Value as string) is { Length: > 0 } text ? text : null;

    /// <summary>A property as a number; null where it is missing or none.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static int? Number(PSObject item, string name) =>
        int.TryParse(Text(item, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A value as text.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static string? Of(object? value, string name, string? user) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => text,
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        var other => throw new KohaPatronException(CardSyncNotices.PlanInvalid(user, $"{name} holds a {other.GetType().Name} where a text should be")),
    };
}
