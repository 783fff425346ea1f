using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Storage;

/// <summary>Where the service is: Google's, or a local stand-in, to which no credentials are sent.</summary>
/// <param name="Root">The address before <c>/storage/v1</c>, without a slash at the end.</param>
/// <param name="IsEmulator">Whether it is a stand-in.</param>
internal sealed record StorageHost(string Root, bool IsEmulator)
{
    public const string EmulatorVariable = "STORAGE_EMULATOR_HOST";

    private const string ApiPath = "/storage/v1";

    /// <summary>The service that the environment names. Google's own libraries disagree on how; all of their forms are taken.</summary>
    /// <param name="emulator">The value of STORAGE_EMULATOR_HOST: host:port, or an address with or without a path; blank: Google's service.</param>
    /// <exception cref="KohaPatronException">The value is no address.</exception>
    public static StorageHost From(string? emulator)
    {
        if (string.IsNullOrWhiteSpace(emulator))
            return new StorageHost("https://storage.googleapis.com", IsEmulator: false);
        var text = emulator!.Trim();
        var address = text.Contains("://") ? text : $"http://{text}";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https") || root.Host.Length == 0)
            throw new KohaPatronException(StorageNotices.BadEmulator(text));
        var path = root.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(ApiPath, StringComparison.Ordinal))
            path = path.Substring(0, path.Length - ApiPath.Length);
        return new StorageHost(root.GetLeftPart(UriPartial.Authority) + path, IsEmulator: true);
    }
}
