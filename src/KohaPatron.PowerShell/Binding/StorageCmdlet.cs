using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that take Workday exports have in common: where these lie, in files, folders or Cloud Storage, and how that is read: as whom, and how patiently.</summary>
public abstract class StorageCmdlet : PathCmdlet
{
    [ThreadStatic]
    private static bool _isLookedAt;

    private CloudStorage? _store;

    /// <summary>Files, folders that hold them, or gs:// addresses; wildcards are expanded.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [ArgumentCompleter(typeof(StorageNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public override string[]? Path { get; set; }

    /// <summary>For gs:// addresses: a credentials file, such as a service account's key. Left out: the settings' "storage", then Google's application-default credentials.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    /// <summary>For gs:// addresses: the e-mail address of the service account to act as.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ImpersonateServiceAccount { get; set; }

    /// <summary>For gs:// addresses: the project that pays for reading a requester-pays bucket.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserProject { get; set; }

    /// <summary>For gs:// addresses: how many seconds nothing may come before the connection is made anew.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>Cloud Storage; nothing is asked of it before it is used.</summary>
    private protected CloudStorage Store => _store ??= ExportSources.OpenStore(
        new StorageSettings(CredentialPath is null ? null : PathResolver.Literal(this, CredentialPath), ImpersonateServiceAccount, UserProject).Or(Settings.Storage),
        TimeSpan.FromSeconds(TimeoutSec));

    /// <summary>What the reports are called, and how they are written.</summary>
    private protected ExportLayouts Layouts => new(Settings.Exports);

    /// <summary>The paths and addresses of exports that were given, or else what the settings and the current folder say.</summary>
    private protected IReadOnlyList<string> ExportPaths(Action<Notice> tell)
    {
        var paths = NamedPaths(tell) ?? [ExportSources.Default(this, Settings)];
        return _isLookedAt ? [.. paths.Where(path => !StorageAddress.Is(path))] : paths;
    }

    /// <summary>Cloud Storage where one of some paths lies there.</summary>
    private protected CloudStorage? StoreFor(IEnumerable<string> paths) => paths.Any(StorageAddress.Is) ? Store : null;

    /// <summary>Lets what runs on this thread read files alone: Tab waits for no service, and nobody pays for what it reads there.</summary>
    internal static IDisposable Look() => new Looking();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _store?.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Looking : IDisposable
    {
        public Looking() => _isLookedAt = true;

        public void Dispose() => _isLookedAt = false;
    }
}
