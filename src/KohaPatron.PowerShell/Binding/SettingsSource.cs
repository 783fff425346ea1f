using System.Management.Automation;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>Where a cmdlet's settings come from.</summary>
internal static class SettingsSource
{
    public static KohaPatronSettings Load(PSCmdlet cmdlet, string? settingsPath, string? profile) => SettingsLoader.Load(new SettingsRequest(
        settingsPath is null ? null : PathResolver.Literal(cmdlet, settingsPath),
        profile,
        Environment.GetEnvironmentVariable("KOHA_PATRON_SETTINGS"),
        UserFolder()));

    /// <summary>%APPDATA%\KohaPatron, or ~/.config/KohaPatron.</summary>
    private static string? UserFolder()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        return folder.Length == 0 ? null : Path.Combine(folder, "KohaPatron");
    }
}
