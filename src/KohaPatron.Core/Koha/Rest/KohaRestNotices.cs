using System.Globalization;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Every message about the REST API. They name addresses, user ids and Koha's own words; never a secret, a name or a card.</summary>
internal static class KohaRestNotices
{
    public static Notice BadRoot(string typed) => Error(
        "KohaApiRootInvalid",
        $"\"{typed}\" is not the address of an API.",
        NoticeCategory.InvalidArgument,
        "Give it as https://library.example.edu/api/v1.",
        target: typed);

    public static Notice Insecure(Uri root) => Error(
        "KohaApiRootInsecure",
        $"{root} is not encrypted: the key's secret and the patrons' data would travel in the open.",
        NoticeCategory.InvalidArgument,
        "Use https, or -AllowInsecure where the network itself is safe.",
        target: root.Host);

    public static Notice Unreachable(Uri root, Exception e) => Error(
        "KohaUnreachable",
        $"{root.Host}:{root.Port.ToString(CultureInfo.InvariantCulture)} cannot be reached: {HttpFaults.Innermost(e)}",
        NoticeCategory.ConnectionError,
        "Check the address and the network.",
        e,
        target: root.Host);

    public static Notice TlsRefused(Uri root, Exception e) => Error(
        "KohaCertificateRefused",
        $"{root.Host} shows a certificate that this machine does not trust: {HttpFaults.Innermost(e)}",
        NoticeCategory.AuthenticationError,
        "Install the certificate of the authority that issued it; the check cannot be turned off.",
        e,
        target: root.Host);

    public static Notice TimedOut(Uri root, TimeSpan limit, Exception e) => Error(
        "KohaTimedOut",
        $"{root.Host} did not answer within {limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s.",
        NoticeCategory.OperationTimeout,
        "Try again later, or raise -TimeoutSec.",
        e,
        target: root.Host);

    public static Notice Broken(Uri root, Exception e) => Error(
        "KohaAnswerCut",
        $"The answer of {root.Host} broke off.",
        NoticeCategory.ConnectionError,
        "Try again.",
        e,
        target: root.Host);

    public static Notice NotKoha(Uri root, int status, string found) => Error(
        "KohaNotAnApi",
        $"{root} answered with {found} (status {Number(status)}) where Koha's API gives JSON.",
        NoticeCategory.InvalidData,
        "Check the address: it ends in /api/v1. A proxy or a login page in front of Koha answers so too.",
        target: root.Host);

    public static Notice WrongCredential(Uri root, string? said) => Error(
        "KohaCredentialRefused",
        $"{root.Host} refuses the credential{Quoted(said)}.",
        NoticeCategory.AuthenticationError,
        "Check the key's id and secret in Koha (patron's page, More > Manage API keys), and that it is not revoked.",
        target: root.Host);

    public static Notice SignInSwitchedOff(Uri root) => Error(
        "KohaSignInSwitchedOff",
        $"{root.Host} does not take API keys: the preference RESTOAuth2ClientCredentials is off.",
        NoticeCategory.AuthenticationError,
        "Turn it on in Koha, or use -Basic where RESTBasicAuth is on.",
        target: root.Host);

    public static Notice PermissionMissing(Uri root, string? permissions) => Error(
        "KohaPermissionMissing",
        $"{root.Host}: the key may not do this{(permissions is null ? string.Empty : $"; it lacks {permissions}")}.",
        NoticeCategory.PermissionDenied,
        "Set the permissions of the key's patron (More > Set permissions).",
        target: root.Host);

    public static Notice ReadOnly(Uri root) => new(
        NoticeLevel.Warning,
        "KohaReadOnly",
        $"{root.Host}: the key can read patrons but not change them. Updating needs the whole \"borrowers\" permission for the key's patron (More > Set permissions).");

    public static Notice Refused(int status, string? said) => Error(
        status switch { 404 => "KohaNotFound", 409 => "KohaConflict", >= 500 => "KohaServerError", 429 => "KohaTooManyRequests", _ => "KohaRefused" },
        $"Koha answered {Number(status)}{Quoted(said)}.",
        status switch { 404 => NoticeCategory.ObjectNotFound, 409 => NoticeCategory.ResourceExists, >= 500 or 429 => NoticeCategory.ResourceUnavailable, _ => NoticeCategory.InvalidData },
        status >= 500 ? "Koha's own log tells why; try again later." : "See what Koha says.");

    public static Notice NoCategories(Uri root) => new(
        NoticeLevel.Warning,
        "KohaCategoriesUnknown",
        $"{root.Host} is of a release that does not tell its patron categories: the categories could not be checked.",
        Target: root.Host);

    public static Notice NoAuthorisedValues(Uri root, string category, string table) => new(
        NoticeLevel.Warning,
        "KohaAuthorisedValuesUnknown",
        $"{root.Host} has no authorised value category \"{category}\": the codes of {table} could not be checked. Name the category under \"authorisedValues\" in the settings.",
        Target: category);

    public static Notice PatronNotFound(string what, string value) => Error(
        "KohaPatronNotFound",
        $"No patron with the {what} {value}.",
        NoticeCategory.ObjectNotFound,
        "Check the value; patrons of other libraries may be hidden from the key.") with
    { Target = value };

    public static Notice NotAdded(string? user, string? message) => Error(
        "KohaPatronNotAdded",
        $"{user}: {message}. Nothing was made; the others go on.",
        NoticeCategory.InvalidData,
        "Correct the row, and add it again.") with
    { Target = user };

    public static Notice NothingToAdd() => Error(
        "KohaPatronNotARow",
        "An object is neither a row of ConvertTo-KohaPatronCsv nor, with -End, a person of Get-WorkdayPatron. It is left out.",
        NoticeCategory.InvalidArgument,
        "Pipe what one of them gives.");

    public static Notice NotConnected(string? name) => Error(
        "KohaNotConnected",
        name is null ? "There is no connection to Koha." : $"There is no connection named \"{name}\".",
        NoticeCategory.ConnectionError,
        "Use Connect-Koha first.",
        target: name);

    private static Notice Error(string code, string text, NoticeCategory category, string action, Exception? cause = null, object? target = null) =>
        new(NoticeLevel.Error, code, text, category, target, action, cause);

    private static string Quoted(string? said) => string.IsNullOrEmpty(said) ? string.Empty : $": \"{said}\"";

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
