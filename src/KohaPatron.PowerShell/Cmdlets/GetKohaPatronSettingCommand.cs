using System.Management.Automation;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>Shows the settings in force, and where each value comes from: a built-in profile, a line of the settings file, a parameter.</summary>
[Cmdlet(VerbsCommon.Get, "KohaPatronSetting")]
[OutputType(typeof(KohaPatronSetting))]
public sealed class GetKohaPatronSettingCommand : SettingsCmdlet
{
    /// <summary>Which settings, wildcards allowed; the name of a table gives its entries.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SettingNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    protected override void Complete()
    {
        var settings = SettingsSource.Load(this, SettingsPath, Profile, Tell).InForce.Value;
        if (Name is null)
            WriteObject(settings, enumerateCollection: true);
        else
            foreach (var name in Name)
                WriteObject(Named(settings, name), enumerateCollection: true);
    }

    private List<KohaPatronSetting> Named(IReadOnlyList<KohaPatronSetting> settings, string name)
    {
        var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
        var named = settings.Where(setting => pattern.IsMatch(setting.Name)).SelectMany(Unfold)
            .Concat(settings.Where(setting => !pattern.IsMatch(setting.Name)).SelectMany(Unfold).Where(entry => pattern.IsMatch(entry.Name)))
            .ToList();
        if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
            Tell(SettingsNotices.NoSuchSetting(name, settings.Select(setting => setting.Name)));
        return named;
    }

    private static IEnumerable<KohaPatronSetting> Unfold(KohaPatronSetting setting) =>
        setting.Value is SettingsTable table ? table.Entries : [setting];
}
