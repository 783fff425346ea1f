using System.Globalization;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Koha.Rest;

/// <summary>Every message about the REST API. They name addresses, user ids and Koha's own words; never a secret, a name or a card.</summary>
internal static class KohaRestNotices
{
    /// <summary>What stands in front of an @ may be a secret.</summary>
    public static Notice BadRoot(string typed) => Error(
        "KohaApiRootInvalid",
        typed.Contains('@') ? "This is not the address of an API." : $"\"{typed}\" is not the address of an API.",
        NoticeCategory.InvalidArgument,
        "Give it as https://library.example.edu/api/v1.",
        target: typed.Contains('@') ? null : typed);

    public static Notice MoreThanRoot(Uri root) => Error(
        "KohaApiRootInvalid",
        $"The address of {root.Host} holds a user, a query or a fragment, which do not belong there.",
        NoticeCategory.InvalidArgument,
        "Give it as https://library.example.edu/api/v1, and the key with -Credential.",
        target: root.Host);

    public static Notice Insecure(Uri root) => Error(
        "KohaApiRootInsecure",
        $"{root} is not encrypted: the key's secret and the patrons' data would travel in the open.",
        NoticeCategory.InvalidArgument,
        "Use https, or -AllowInsecure where the network itself is safe.",
        target: root.Host);

    public static Notice Unreachable(Uri root, Exception e) => Error(
        "KohaUnreachable",
        $"{Place(root)} cannot be reached: {HttpFaults.Innermost(e)}",
        NoticeCategory.ConnectionError,
        "Check the address and the network.",
        e,
        target: root.Host);

    public static Notice CertificateRefused(Uri root, string fault, Exception e) => Error(
        "KohaCertificateRefused",
        $"{root.Host} shows a certificate that this machine does not trust: {fault}.",
        NoticeCategory.AuthenticationError,
        "Check the address. A certificate of the house's own authority is installed on this machine; the check cannot be turned off.",
        e,
        target: root.Host);

    public static Notice NoEncryption(Uri root, Exception e) => Error(
        "KohaNotEncrypted",
        $"{Place(root)} does not answer https: it speaks plain http there, or no encryption that this machine knows.",
        NoticeCategory.ConnectionError,
        "Check the port, and the server's own settings.",
        e,
        target: root.Host);

    public static Notice NeedsHttps(Uri root) => Error(
        "KohaNeedsHttps",
        $"{Place(root)} speaks https, not http.",
        NoticeCategory.InvalidArgument,
        "Write https:// in front of the address.",
        target: root.Host);

    public static Notice Redirected(Uri root, int status, Uri? to) => root.Scheme == "http" && to is { IsAbsoluteUri: true, Scheme: "https" }
        ? NeedsHttps(root)
        : NotKoha(root, status, to is { IsAbsoluteUri: true } ? $"a redirect to {to.Host}" : "a redirect");

    public static Notice TimedOut(Uri root, TimeSpan limit, Exception e) => Error(
        "KohaTimedOut",
        $"{root.Host} did not answer within {limit.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s.",
        NoticeCategory.OperationTimeout,
        "Try again later, or raise -TimeoutSec.",
        e,
        target: root.Host);

    public static Notice Broken(Uri root, Exception e) => Error(
        "KohaAnswerCut",
        $"The answer of {root.Host} broke off.{(root.Scheme == "http" ? " Where this port is for https, it always does." : string.Empty)}",
        NoticeCategory.ConnectionError,
        "Try again.",
        e,
        target: root.Host);

    public static Notice NotKoha(Uri root, int status, string found) => Error(
        "KohaNotAnApi",
        $"{root} answered with {found} (status {Number(status)}) where Koha's API gives JSON.",
        NoticeCategory.InvalidData,
        root.AbsolutePath.EndsWith("/api/v1", StringComparison.OrdinalIgnoreCase)
            ? "A proxy or a login page in front of Koha answers so; check the address too."
            : $"The address of the API ends in /api/v1: {root.ToString().TrimEnd('/')}/api/v1",
        target: root.Host);

    public static Notice NotAList(Uri root) => Odd(root, "has no list where one should be");

    public static Notice NoPatron(Uri root) => Odd(root, "has no patron, or another one, where a patron should be");

    public static Notice Unreadable(Uri root, int patronId, string field) => Odd(root, $"shows patron {Number(patronId)} without a {field} that can be read");

    public static Notice NoCount(Uri root) => Odd(root, "does not say how long the list is (X-Total-Count)");

    public static Notice ListIncomplete(Uri root, int rows, int total) => Error(
        "KohaListIncomplete",
        $"{root.Host} gave {Number(rows)} of {Number(total)} entries of a list: who is missing in it may well be in Koha.",
        NoticeCategory.InvalidData,
        "Try again. A proxy or a plugin that cuts lists has to let them through whole.",
        target: root.Host);

    public static Notice ListMoved(Uri root) => Error(
        "KohaListMoved",
        $"Patrons of {root.Host} came or went while their list was read: somebody may be missing in it.",
        NoticeCategory.ResourceUnavailable,
        "Try again, when nobody loads patrons.",
        target: root.Host);

    public static Notice WrongCredential(Uri root, string? said) => Error(
        "KohaCredentialRefused",
        $"{root.Host} refuses the credential{Quoted(said)}.",
        NoticeCategory.AuthenticationError,
        "Check the key's id and secret in Koha (patron's page, More > Manage API keys), and that it is not revoked.",
        target: root.Host);

    public static Notice SignInSwitchedOff(Uri root, string? said) => Error(
        "KohaSignInSwitchedOff",
        $"{root.Host} gives no token{Quoted(said)}: the preference RESTOAuth2ClientCredentials is off, or Koha's database is down.",
        NoticeCategory.AuthenticationError,
        "See whether Koha's own pages work. If so, turn the preference on, or use -Basic where RESTBasicAuth is on.",
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

    public static Notice Cannot(Uri root, IReadOnlyList<string> what) => new(
        NoticeLevel.Verbose, "KohaRightsMissing",
        $"{root.Host}: the key can read, add and change patrons, which is enough. It cannot {string.Join(", ", what)}: such codes are not checked.");

    public static Notice Refused(int status, string? said) => Error(
        status switch { 404 => "KohaNotFound", 409 => "KohaConflict", >= 500 => "KohaServerError", 429 => "KohaTooManyRequests", _ => "KohaRefused" },
        $"Koha answered {Number(status)}{Quoted(said)}.",
        status switch { 404 => NoticeCategory.ObjectNotFound, 409 => NoticeCategory.ResourceExists, >= 500 or 429 => NoticeCategory.ResourceUnavailable, _ => NoticeCategory.InvalidData },
        status >= 500 ? "Koha's own log tells why; try again later." : "See what Koha says.");

    public static Notice ListNotReadable(Uri root, string what, string? permissions) => new(
        NoticeLevel.Warning,
        "KohaListNotReadable",
        $"{root.Host} does not show its {what} to this key: they are not checked. Everything else is.{(permissions is null ? string.Empty : $" With {permissions} for the key's patron they would be.")}",
        Target: root.Host);

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
        "Check the value; patrons of other libraries are hidden from a key without \"view_borrower_infos_from_any_libraries\".") with
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

    public static Notice NotConnected(string? name, IReadOnlyCollection<string> others) => Error(
        "KohaNotConnected",
        name is null ? "There is no default connection to Koha." : $"There is no connection named \"{name}\".",
        NoticeCategory.ConnectionError,
        others.Count == 0 ? "Use Connect-Koha first." : $"Use Connect-Koha, or name an open one with -Connection: {string.Join(", ", others)}.",
        target: name);

    private static Notice Error(string code, string text, NoticeCategory category, string action, Exception? cause = null, object? target = null) =>
        new(NoticeLevel.Error, code, text, category, target, action, cause);

    private static string Quoted(string? said) => string.IsNullOrEmpty(said) ? string.Empty : $": \"{said}\"";

    private static Notice Odd(Uri root, string what) => Error(
        "KohaAnswerOdd",
        $"The answer of {root.Host} {what}.",
        NoticeCategory.InvalidData,
        "Try again. If it stays so, something between here and Koha changes the answers.",
        target: root.Host);

    private static string Place(Uri root) => $"{root.Host}:{Number(root.Port)}";

    private static string Number(int status) => status.ToString(CultureInfo.InvariantCulture);
}
