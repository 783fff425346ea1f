using System.Management.Automation;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Reads the card report of TouchNet/OneCard. Rows that cannot be used are warnings with their line; the file is opened
/// read-only and shared, so Excel may have it open.
/// </summary>
[Cmdlet(VerbsData.Import, "ProxReport", DefaultParameterSetName = ByPath)]
[OutputType(typeof(ProxNumber))]
public sealed class ImportProxReportCommand : SettingsCmdlet
{
    private const string ByPath = "Path";
    private const string ByLiteralPath = "LiteralPath";

    private KohaPatronSettings? _settings;

    /// <summary>The report's file; wildcards are expanded. Left out: the settings' "proxReport".</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByPath)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Path { get; set; }

    /// <summary>The report's file, taken as it is written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByLiteralPath)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    protected override void Begin() => _settings = LoadSettings();

    protected override void Process()
    {
        var reader = new ProxReportReader(ProxReportOptions.From(_settings!), Tell);
        foreach (var path in Paths())
            WriteObject(reader.Read(path), enumerateCollection: true);
    }

    private IEnumerable<string> Paths()
    {
        if (LiteralPath is not null)
            return LiteralPath.Select(path => PathResolver.Literal(this, path));
        if (Path is not null)
            return Path.SelectMany(path => PathResolver.Resolve(this, path, Tell));
        if (_settings!.ProxReport is { } report)
            return [report];
        Fail(BindingNotices.NoProxReport());
        return [];
    }
}
