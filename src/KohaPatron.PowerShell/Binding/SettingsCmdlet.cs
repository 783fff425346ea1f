using System.Management.Automation;
using KohaPatron.Core.Settings;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that go by the rules have in common: which settings are in force.</summary>
public abstract class SettingsCmdlet : KohaPatronCmdlet
{
    /// <summary>The settings file.</summary>
    [Parameter]
    [Alias("Settings")]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    /// <summary>The built-in rules that the settings add to.</summary>
    [Parameter]
    [ValidateSet("2023", "2026")]
    public string? Profile { get; set; }

    private protected KohaPatronSettings LoadSettings() => SettingsSource.Load(this, SettingsPath, Profile);
}
