using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>A person with everything that the plan goes by.</summary>
/// <param name="Person">The person of the export.</param>
/// <param name="Card">The card number of the report, or null.</param>
/// <param name="ByUserId">The patrons that Koha has under the user name.</param>
/// <param name="ByUniversalId">The patrons that Koha has under the universal ID.</param>
internal sealed record ProxCase(WorkdayPerson Person, string? Card, IReadOnlyList<Patron> ByUserId, IReadOnlyList<Patron> ByUniversalId);

/// <summary>How the plan is made.</summary>
/// <param name="IncludeName">Whether names are brought up to date too.</param>
/// <param name="UniversalIdAttribute">The type of the patron attribute that holds the universal ID.</param>
/// <param name="Exceptions">User names and universal IDs to leave alone.</param>
/// <param name="LeftOutJobProfiles">Job profiles to leave alone.</param>
/// <param name="LeaveOutStudentsWithoutEmail">Whether students without an address are left alone.</param>
internal sealed record ProxPlanOptions(
    bool IncludeName,
    string UniversalIdAttribute,
    IReadOnlyCollection<string> Exceptions,
    IReadOnlyCollection<string> LeftOutJobProfiles,
    bool LeaveOutStudentsWithoutEmail)
{
    public static ProxPlanOptions From(KohaPatronSettings settings, bool includeName) => new(
        includeName,
        settings.Attributes.UniversalId,
        settings.ProxExceptions,
        settings.ProxLeftOutJobProfiles,
        settings.ProxLeavesOutNoEmail);
}
