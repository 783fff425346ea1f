using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.PatronSync;

/// <summary>A person with everything that the plan goes by.</summary>
/// <param name="Person">The person of the export.</param>
/// <param name="Card">The card of the report, or null.</param>
/// <param name="IsShared">Whether the report gives the card to somebody else too.</param>
/// <param name="ByUserId">The patrons that Koha has under the user name.</param>
/// <param name="ByUniversalId">The patrons that Koha has under the universal ID.</param>
internal sealed record ProxCase(ProxPerson Person, string? Card, bool IsShared, IReadOnlyList<Patron> ByUserId, IReadOnlyList<Patron> ByUniversalId);

/// <summary>How the plan is made.</summary>
/// <param name="ApiRoot">The Koha that it is made for.</param>
/// <param name="IncludeName">Whether names are brought up to date too.</param>
/// <param name="UniversalIdAttribute">The type of the patron attribute that holds the universal ID.</param>
/// <param name="CardNumber">How a card number looks.</param>
/// <param name="Exceptions">User names and universal IDs to leave alone.</param>
/// <param name="LeftOutJobProfiles">Job profiles to leave alone.</param>
/// <param name="LeaveOutStudentsWithoutEmail">Whether students without an address are left alone.</param>
/// <param name="LeftOut">Why a load would make no patron of a person; null: it would.</param>
internal sealed record ProxPlanOptions(
    string ApiRoot,
    bool IncludeName,
    string UniversalIdAttribute,
    CardNumberRule CardNumber,
    IReadOnlyCollection<string> Exceptions,
    IReadOnlyCollection<string> LeftOutJobProfiles,
    bool LeaveOutStudentsWithoutEmail,
    Func<WorkdayPerson, string?> LeftOut)
{
    public static ProxPlanOptions From(KohaPatronSettings settings, Uri apiRoot, bool includeName) => new(
        Plan.ApiRoot.Of(apiRoot),
        includeName,
        settings.Attributes.UniversalId,
        settings.CardNumber,
        settings.ProxExceptions,
        settings.ProxLeftOutJobProfiles,
        settings.ProxLeavesOutNoEmail,
        person => LeaveOutRule.Reason(person, new SemesterLoad(settings, default, default, null)).Value is { } reason ? LeaveOutRule.InWords(reason, person) : null);
}
