using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Pipeline;

/// <summary>
/// People as they come down the pipeline. A parameter of their type would give the engine's own error for each wrong object;
/// here the one mistake that was made is one notice.
/// </summary>
internal static class PipedPeople
{
    /// <summary>The person, or null where the object is none, which is told.</summary>
    public static WorkdayPerson? From(PSObject? item, Action<Notice> tell)
    {
        if (item?.BaseObject is WorkdayPerson person)
            return person;
        tell(BindingNotices.NotAPerson(item?.BaseObject));
        return null;
    }
}
