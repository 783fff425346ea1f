using System.Management.Automation;
using KohaPatron.Core.Files;
using KohaPatron.Core.Mapping;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Tells which majors, departments and categories of the exports the tables of the settings lack, with a line to paste for
/// each. With a baseline also what is new and what is gone since it was written; with a connection also which codes of the
/// tables Koha does not have (GET /authorised_value_categories/{category}/authorised_values, /patron_categories).
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KohaMajorMapping", SupportsShouldProcess = true)]
[OutputType(typeof(MappingGap))]
[OutputType(typeof(bool))]
public sealed class TestKohaMajorMappingCommand : ConnectableCmdlet
{
    private KohaPatronSettings? _settings;
    private MappingCheck? _check;
    private string? _baselinePath;
    private bool _hasFault;

    /// <summary>People that Get-WorkdayPatron gives. Nothing piped: everybody of the settings' "source".</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file that keeps the terms of the last check.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaselinePath { get; set; }

    /// <summary>Writes the terms of this check to the baseline.</summary>
    [Parameter]
    public SwitchParameter UpdateBaseline { get; set; }

    /// <summary>Whether lines of the tables that no export needs come out too.</summary>
    [Parameter]
    public SwitchParameter Dead { get; set; }

    /// <summary>Gives $true where every term is mapped, else $false, and nothing else. What could not be read is not fine.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    protected override void Begin()
    {
        _settings = LoadSettings();
        _check = new MappingCheck(_settings);
        _baselinePath = BaselinePath is null ? null : PathResolver.Literal(this, BaselinePath);
        if (UpdateBaseline && _baselinePath is null)
            Fail(BindingNotices.NoBaselinePath());
    }

    protected override void Process()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput)
            ReadSource(_settings!, _check!.Add);
        else if (PipedPeople.From(InputObject, TellFault) is { } person)
            _check!.Add(person);
    }

    protected override void Complete()
    {
        var baseline = _baselinePath is null ? null : MappingBaseline.Read(_baselinePath);
        if (baseline is not null)
            Tell(FileNotices.Reading(_baselinePath!));
        else if (_baselinePath is not null && !UpdateBaseline)
            Tell(MappingNotices.NoBaseline(_baselinePath));
        if (!_check!.HasPeople)
            Tell(MappingNotices.Nobody());
        if (_check.BrokenExports.Count > 0)
            Tell(MappingNotices.BrokenExports(_check.BrokenExports));

        var isWhole = !_hasFault && _check.HasPeople && _check.BrokenExports.Count == 0;
        IReadOnlyList<MappingGap> gaps = [.. _check.Gaps(baseline), .. NotInKoha()];
        if (Quiet)
            WriteObject(isWhole && !gaps.Any(gap => gap.NeedsWork));
        else
            WriteObject(Dead ? gaps.Concat(_check.Dead()) : gaps, enumerateCollection: true);
        if (UpdateBaseline && isWhole && ShouldProcess(_baselinePath!, "Keep the terms of this check"))
            MappingBaseline.Write(_baselinePath!, _check.TermsAfter(baseline));
    }

    /// <summary>What could not be read is not fine.</summary>
    private void TellFault(Notice notice)
    {
        _hasFault = true;
        Tell(notice);
    }

    private IEnumerable<MappingGap> NotInKoha()
    {
        if (Connection is null)
            return [];
        var connection = Connections.Mine.Get(Connection);
        var codes = PipelineQueue.Wait(cancel => KohaCodes.ReadAsync(connection, _settings!.AuthorisedValues, cancel), Cancel);
        foreach (var notice in codes.Notices)
            Tell(notice);
        return codes.ByTable.SelectMany(table => _check!.NotInKoha(table.Key, table.Value));
    }
}
