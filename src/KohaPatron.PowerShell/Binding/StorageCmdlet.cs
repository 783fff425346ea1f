using System.Management.Automation;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that can read from Cloud Storage have in common: as whom, and how patiently.</summary>
public abstract class StorageCmdlet : KohaPatronCmdlet
{
    private KohaPatronSettings? _settings;
    private CloudStorage? _store;

    /// <summary>The settings file, whose "source" is read when no path is given.</summary>
    [Parameter]
    [Alias("Settings")]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

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

    private protected KohaPatronSettings Settings => _settings ??= SettingsSource.Load(this, SettingsPath, profile: null);

    /// <summary>Cloud Storage; nothing is asked of it before it is used.</summary>
    private protected IObjectStore Store => _store ??= new CloudStorage(
        new StorageOptions
        {
            CredentialPath = CredentialPath is null ? Settings.Storage.CredentialPath : PathResolver.Literal(this, CredentialPath),
            Impersonate = ImpersonateServiceAccount ?? Settings.Storage.ImpersonateServiceAccount,
            UserProject = UserProject ?? Settings.Storage.UserProject,
            IdleLimit = TimeSpan.FromSeconds(TimeoutSec),
            UserAgent = UserAgent.Value,
        },
        StorageHost.From(Environment.GetEnvironmentVariable(StorageHost.EmulatorVariable)));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _store?.Dispose();
        base.Dispose(disposing);
    }
}
