using System.Management.Automation;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;

namespace KohaPatron.PowerShell.Sources;

/// <summary>Where exports are looked for, and the store that some of them lie in.</summary>
internal static class ExportSources
{
    /// <summary>How long nothing may come from Cloud Storage where no cmdlet says it.</summary>
    public static readonly TimeSpan UsualIdleLimit = TimeSpan.FromSeconds(30);

    /// <summary>What is read when no path is given: the settings' "source", or else the session's current folder.</summary>
    public static string Default(PSCmdlet cmdlet, KohaPatronSettings settings) => settings.Source ?? cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;

    /// <summary>Cloud Storage as somebody; nothing is asked of it before it is used.</summary>
    public static CloudStorage OpenStore(StorageSettings access, TimeSpan idleLimit) => new(
        new StorageOptions
        {
            CredentialPath = access.CredentialPath,
            Impersonate = access.ImpersonateServiceAccount,
            UserProject = access.UserProject,
            IdleLimit = idleLimit,
            UserAgent = UserAgent.Value,
        },
        StorageHost.From(Environment.GetEnvironmentVariable(StorageHost.EmulatorVariable)));
}
