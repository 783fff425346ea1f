using System.Management.Automation;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Where a cmdlet's settings come from.</summary>
internal static class SettingsSource
{
    public static KohaPatronSettings Load(PSCmdlet cmdlet, string? settingsPath, string? profile) => SettingsLoader.Load(new SettingsRequest(
        FullPath(cmdlet, settingsPath),
        profile,
        FullPath(cmdlet, Environment.GetEnvironmentVariable("KOHA_PATRON_SETTINGS")),
        UserFolder()));

    /// <summary>Relative to the session's location, which is not the process's folder.</summary>
    private static string? FullPath(PSCmdlet cmdlet, string? path) => string.IsNullOrWhiteSpace(path) ? null : PathResolver.Literal(cmdlet, path!);

    /// <summary>%APPDATA%\KohaPatron, or ~/.config/KohaPatron.</summary>
    private static string? UserFolder()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        return folder.Length == 0 ? null : Path.Combine(folder, "KohaPatron");
    }
}
