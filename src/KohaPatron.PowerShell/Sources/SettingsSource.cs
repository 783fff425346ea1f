using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Sources;

/// <summary>Where a cmdlet's settings come from.</summary>
internal static class SettingsSource
{
    private static readonly ConditionalWeakTable<Runspace, StrongBox<long>> LastTold = new();

    /// <summary>The settings in force; which they are is told among the details.</summary>
    public static KohaPatronSettings Load(PSCmdlet cmdlet, string? settingsPath, string? profile, Action<Notice> tell)
    {
        var settings = SettingsLoader.Load(Request(cmdlet.SessionState.Path, settingsPath, profile));
        tell(SettingsNotices.InForce(settings, settings.File is { } file ? new DateTimeOffset(File.GetLastWriteTimeUtc(file)) : null));
        return settings;
    }

    /// <summary>The settings that a line would go by that is being typed.</summary>
    /// <param name="bound">The parameters that were typed already.</param>
    public static KohaPatronSettings OfTyped(IDictionary bound) =>
        SettingsLoader.Load(Request(PathResolver.OfSession(), bound["SettingsPath"] as string, bound["Profile"] as string));

    /// <summary>Where settings may lie, seen from a session's location.</summary>
    public static SettingsRequest Request(PathIntrinsics paths, string? settingsPath, string? profile) => new(
        FullPath(paths, settingsPath),
        profile,
        FullPath(paths, Environment.GetEnvironmentVariable("KOHA_PATRON_SETTINGS")),
        UserFolder());

    /// <summary>Says that no settings file was found: once for a command line or script, of which several cmdlets read the settings.</summary>
    public static void TellMissingFile(PSCmdlet cmdlet, KohaPatronSettings settings, Action<Notice> tell)
    {
        var last = LastTold.GetValue(Runspace.DefaultRunspace, _ => new StrongBox<long>(long.MinValue));
        if (settings.File is not null || last.Value == cmdlet.MyInvocation.HistoryId)
            return;
        last.Value = cmdlet.MyInvocation.HistoryId;
        tell(SettingsNotices.NoFile(settings));
    }

    /// <summary>Relative to the session's location, which is not the process's folder.</summary>
    private static string? FullPath(PathIntrinsics paths, string? path) => string.IsNullOrWhiteSpace(path) ? null : PathResolver.Literal(paths, path!);

    /// <summary>%APPDATA%\KohaPatron, or ~/.config/KohaPatron.</summary>
    private static string? UserFolder()
    {
        var folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData);
        return folder.Length == 0 ? null : Path.Combine(folder, "KohaPatron");
    }
}
