using System.Management.Automation;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

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

    /// <summary>The settings in force; where they are the built-in ones alone, that is said.</summary>
    private protected KohaPatronSettings LoadSettings()
    {
        var settings = SettingsSource.Load(this, SettingsPath, Profile, Tell);
        SettingsSource.TellMissingFile(this, settings, Tell);
        return settings;
    }

    /// <summary>Reads everybody of the settings' "source", for a cmdlet to which nothing is piped; nobody is kept.</summary>
    private protected void ReadSource(KohaPatronSettings settings, Action<WorkdayPerson> take)
    {
        var source = ExportSources.Default(this, settings);
        using var store = StorageAddress.Is(source) ? ExportSources.OpenStore(settings.Storage, ExportSources.UsualIdleLimit) : null;
        new ExportReading(new ExportLayouts(settings.Exports), settings.MaximumAge, Tell, WriteProgress).Read(store, [source], types: null, take, next: null, Cancel);
    }
}
