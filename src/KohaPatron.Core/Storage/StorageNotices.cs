using System.Globalization;
using KohaPatron.Core.Http;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Text;

namespace KohaPatron.Core.Storage;

/// <summary>Every message about Cloud Storage. They name addresses and files; never a token, a key or a person.</summary>
internal static class StorageNotices
{
    public const string ObjectNotFound = "StorageObjectNotFound";
    public const string AccessDenied = "StorageNoAccess";
    public const string ObjectOverwritten = "StorageObjectOverwritten";
    public const string ChecksumMismatch = "StorageChecksumWrong";
    public const string GzipBroken = "StorageGzipBroken";
    public const string ObjectEmpty = "StorageObjectEmpty";
    public const string ListEndless = "StorageListTooLong";
    public const string Unverified = "StorageUnverified";

    public static Notice BadAddress(string address) => Error(
        "StorageAddressInvalid", $"\"{address}\" is not an address in Cloud Storage.", NoticeCategory.InvalidArgument, address, "Write gs://bucket/folder/ or gs://bucket/student_data.json; bucket names are in lower case.");

    public static Notice BadEmulator(string value) => Error(
        "StorageEmulatorInvalid", $"{StorageHost.EmulatorVariable} is \"{value}\", which is no address.", NoticeCategory.InvalidArgument, value, "Write host:port or http://host:port, or remove the variable.");

    public static Notice NameNotPossible(StorageAddress address) => Error(
        "StorageNameNotPossible", $"{address} cannot be asked for: its name would be changed on the way.", NoticeCategory.InvalidArgument, address.ToString(), "Give the object another name.");

    public static Notice NoCredentials() => Error(
        "StorageNoCredentials",
        "There are no credentials for Cloud Storage on this machine.",
        NoticeCategory.AuthenticationError,
        null,
        $"Sign in with \"gcloud auth application-default login\", or name a service account's key file with -CredentialPath or in {StorageCredential.FileVariable}.");

    public static Notice CredentialMissing(string path, string namedBy) => Error(
        "StorageCredentialMissing", $"The credentials file {path}, which {namedBy} names, does not exist.", NoticeCategory.ObjectNotFound, path, "Correct the path; other credentials are not tried.");

    public static Notice CredentialUnreadable(string path, Exception e) => Error(
        "StorageCredentialUnreadable", $"The credentials file {path} cannot be read: {e.Message}", NoticeCategory.PermissionDenied, path, "Check your right to read it.", e);

    public static Notice CredentialBroken(string path) => Error(
        "StorageCredentialInvalid", $"{path} is not a credentials file of Google Cloud, or a damaged one.", NoticeCategory.InvalidData, path, "Make a new key in the Google Cloud console (IAM > Service accounts > Keys, type JSON), or sign in with gcloud again.");

    /// <summary>Google's own words are not passed on: they may quote the request.</summary>
    public static Notice TokenRefused(string? error, string? description)
    {
        var said = description ?? string.Empty;
        if (said.Contains("iat and exp") || said.Contains("reasonable timeframe"))
            return Error("StorageClockWrong", "Google refuses the credentials because this machine's clock is wrong.", NoticeCategory.AuthenticationError, null, "Set the clock (w32tm /resync, or timedatectl), and try again.");
        if (said.Contains("account not found"))
            return Error("StorageCredentialRefused", "Google refuses the credentials: the service account does not exist any more.", NoticeCategory.AuthenticationError, null, "Use the key of another service account.");
        if (said.Contains("JWT Signature"))
            return Error("StorageCredentialRefused", "Google refuses the credentials: the key was deleted or replaced.", NoticeCategory.AuthenticationError, null, "Make a new key for the service account.");
        return error == "invalid_grant"
            ? Error("StorageCredentialRefused", "Google refuses the credentials: they have expired or were revoked.", NoticeCategory.AuthenticationError, null, "Sign in again with \"gcloud auth application-default login\", or use a service account's key.")
            : Error("StorageCredentialRefused", "Google gives no token for the credentials.", NoticeCategory.AuthenticationError, null, "Check the credentials, and with -ImpersonateServiceAccount the right to act as that account (Service Account Token Creator).");
    }

    public static Notice TokenUnreachable(string why, Exception e) => Error(
        "StorageTokenUnreachable", $"Google's sign-in cannot be reached: {why}", NoticeCategory.ConnectionError, null, "Check the network, and try again.", e);

    public static Notice NotSignedIn(StorageAddress address) => Error(
        "StorageNotSignedIn", $"Cloud Storage does not take the credentials for {address}.", NoticeCategory.AuthenticationError, address.ToString(), "Sign in again, or use a service account's key.");

    public static Notice NoAccess(StorageAddress address, string? account) => Error(
        AccessDenied,
        $"{account ?? "The account"} may not read {address}, or it does not exist.",
        NoticeCategory.PermissionDenied,
        address.ToString(),
        "Give the account the role Storage Object Viewer on the bucket.");

    public static Notice NoBucket(StorageAddress address) => Error(
        "StorageBucketNotFound", $"There is no bucket \"{address.Bucket}\" in Cloud Storage.", NoticeCategory.ObjectNotFound, address.ToString(), "Check the name.");

    /// <param name="address">What is not there.</param>
    /// <param name="nearest">What is there instead; null: nobody knows.</param>
    public static Notice NotFound(StorageAddress address, IReadOnlyList<string>? nearest = null) => Error(
        ObjectNotFound,
        $"{address} does not exist.",
        NoticeCategory.ObjectNotFound,
        address.ToString(),
        nearest switch
        {
            null => "Check the name.",
            [] => "Check the name; the folder is empty.",
            _ => $"Check the name; there is {string.Join(", ", nearest)}.",
        });

    public static Notice NoExports(StorageAddress folder, IEnumerable<string> expected, IReadOnlyList<string> there) => Error(
        "WorkdayExportNotFound",
        $"No Workday export in {folder}: expected {string.Join(", ", expected)}{(there.Count == 0 ? string.Empty : $"; there is {string.Join(", ", there)}")}.",
        NoticeCategory.ObjectNotFound,
        folder.ToString(),
        "Name the folder or the object.");

    public static Notice ListTooLong(StorageAddress folder) => Error(
        ListEndless, $"{folder} holds more names than anybody looks through, or their list has no end.", NoticeCategory.LimitsExceeded, folder.ToString(), "Name the object itself, or a folder with fewer objects.");

    public static Notice MayBeMissing(StorageAddress address) => Said(
        NoticeLevel.Warning,
        "StorageMayBeMissing",
        $"{address} does not exist, or may not be read: it is left out. Without the right to list the bucket (storage.objects.list) the two cannot be told apart.",
        address.ToString());

    public static Notice NotVerified(StorageAddress address) => Said(
        NoticeLevel.Warning,
        Unverified,
        $"Cloud Storage has no checksum of {address}: that it arrived undamaged is checked by its length alone.",
        address.ToString(),
        "Have it uploaded again.");

    public static Notice RequesterPays(StorageAddress address) => Error(
        "StorageRequesterPays", $"Who reads the bucket \"{address.Bucket}\" pays for it.", NoticeCategory.InvalidArgument, address.ToString(), "Name the project that pays with -UserProject.");

    public static Notice ProjectRefused(StorageAddress address) => Error(
        "StorageProjectRefused",
        $"The project that is charged for reading {address} may not be used by this account, or it does not exist.",
        NoticeCategory.PermissionDenied,
        address.ToString(),
        "Check -UserProject, or the quota project of the credentials, and give the account the role Service Usage Consumer on it.");

    public static Notice Overwritten(StorageAddress address) => Error(
        ObjectOverwritten,
        $"{address} was overwritten or deleted while it was read. What was read so far is of the old one, and not everybody.",
        NoticeCategory.OperationStopped,
        address.ToString(),
        "Read it again.");

    public static Notice ChecksumWrong(StorageAddress address) => Error(
        ChecksumMismatch,
        $"{address} arrived damaged: its checksum does not fit. Do not trust the people that were read from it.",
        NoticeCategory.InvalidData,
        address.ToString(),
        "Read it again.");

    public static Notice NotGzip(StorageAddress address, Exception e) => Error(
        GzipBroken, $"{address} is stored compressed, and cannot be unzipped. Do not trust the people that were read from it.", NoticeCategory.InvalidData, address.ToString(), "Have it uploaded again.", e);

    public static Notice NotAnAddress(string source) => Error(
        "StorageSourceNotAddress", $"The source {source} is not in Cloud Storage.", NoticeCategory.InvalidArgument, source, "Name a gs:// address with -Source, or set \"source\" in the settings.");

    public static Notice NameNotAFile(StorageAddress address) => Error(
        "StorageNameNotAFile", $"{address} cannot be saved: its name is not possible for a file here.", NoticeCategory.InvalidArgument, address.ToString(), "Rename the object.");

    public static Notice Empty(StorageAddress address) => Error(
        ObjectEmpty, $"{address} is empty: no export is. The file that was there is as it was.", NoticeCategory.InvalidData, address.ToString(), "Have it uploaded again.");

    public static Notice AlreadySaving(string file, Exception e) => Error(
        "StorageAlreadySaving", $"Another run is saving {file}.", NoticeCategory.ResourceUnavailable, file, "Wait until it has ended.", e);

    public static Notice KeepsChanging(StorageAddress address) => Error(
        ObjectOverwritten, $"{address} is overwritten again and again. Nothing was saved.", NoticeCategory.OperationStopped, address.ToString(), "Try again when the export is finished.");

    public static Notice SaveBroke(StorageAddress address, Exception e) => Error(
        "StorageSaveBroke",
        $"{address} could not be saved: {HttpFaults.Innermost(e)} The file that was there is as it was.",
        NoticeCategory.ConnectionError,
        address.ToString(),
        "Run it again: it goes on where it broke.",
        e);

    public static Notice CannotWrite(string file, Exception e) => Error(
        "StorageCannotWrite",
        $"{file} cannot be written: {e.Message}",
        NoticeCategory.WriteError,
        file,
        "Check the folder, your right to write there, and the room on the disk. What was there is as it was.",
        e);

    public static Notice Saved(StorageAddress address, string file) => Said(
        NoticeLevel.Information, "StorageSaved", $"{address} is saved as {file}.", file);

    public static Notice UpToDate(StorageAddress address, string file) => Said(
        NoticeLevel.Information, "StorageUpToDate", $"{file} is the newest already: {address} has not changed since it was saved.", file);

    public static Notice NoSource() => Error(
        "StorageNoSource", "No source is named, and the settings name none.", NoticeCategory.InvalidArgument, null, "Name a gs:// address with -Source, or set \"source\" in the settings.");

    public static Notice Refused(StorageAddress address, int status) => Error(
        "StorageRefused", $"Cloud Storage answered {status.ToString(CultureInfo.InvariantCulture)} for {address}.", NoticeCategory.InvalidData, address.ToString(), "Try again later.");

    public static Notice NotStorage(string root) => Error(
        "StorageNotAnApi", $"{root} answered with something that Cloud Storage does not say.", NoticeCategory.InvalidData, root, $"Check the network, and {StorageHost.EmulatorVariable}. A proxy may answer so too.");

    public static Notice Unreachable(StorageAddress address, Exception e) => Error(
        "StorageUnreachable",
        $"{address} cannot be read: {HttpFaults.Innermost(e)}",
        NoticeCategory.ConnectionError,
        address.ToString(),
        "Check the network, and try again.",
        e);

    private static Notice Error(string code, string text, NoticeCategory category, string? target, string action, Exception? cause = null) =>
        Said(NoticeLevel.Error, code, text, target, action) with { Category = category, Cause = cause };

    /// <summary>Objects may be named with line breaks and with what a console obeys: none of it is in a text.</summary>
    private static Notice Said(NoticeLevel level, string code, string text, string? target, string? action = null) =>
        new(level, code, CellText.Flatten(text), Target: target, Action: action is null ? null : CellText.Flatten(action));
}
