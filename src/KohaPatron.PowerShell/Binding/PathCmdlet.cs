using System.Management.Automation;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Storage;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What cmdlets that take files have in common: the paths that name them, and where none does the settings.</summary>
public abstract class PathCmdlet : KohaPatronCmdlet
{
    private protected const string ByPath = "Path";
    private protected const string ByLiteralPath = "LiteralPath";

    private KohaPatronSettings? _settings;

    /// <summary>Files, or folders that hold them; wildcards are expanded.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Path { get; set; }

    /// <summary>Files or folders, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The settings file, which names the files when no path is given.</summary>
    [Parameter]
    [Alias("Settings")]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    /// <summary>The settings; nothing is read before they are needed.</summary>
    private protected KohaPatronSettings Settings => _settings ??= SettingsSource.Load(this, SettingsPath, ProfileName, Tell);

    /// <summary>The built-in rules that the settings add to, where the cmdlet lets the user choose.</summary>
    private protected virtual string? ProfileName => null;

    /// <summary>The full paths that were given, gs:// addresses as they are; null: none was given. What leads nowhere is told.</summary>
    private protected IReadOnlyList<string>? NamedPaths(Action<Notice> tell)
    {
        if (LiteralPath is not null)
            return [.. LiteralPath.Select(path => StorageAddress.Is(path) ? path : PathResolver.Literal(this, path))];
        return Path is null ? null : [.. Path.SelectMany(path => StorageAddress.Is(path) ? [path] : PathResolver.Resolve(this, path, tell))];
    }
}
