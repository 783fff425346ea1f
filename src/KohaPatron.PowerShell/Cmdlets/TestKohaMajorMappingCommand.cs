using System.Management.Automation;
using KohaPatron.Core.Mapping;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Tells which majors, departments and categories of the exports the tables of the settings lack, with a line to paste for
/// each. With a baseline also what is new and what is gone since it was written.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "KohaMajorMapping", SupportsShouldProcess = true)]
[OutputType(typeof(MappingGap))]
[OutputType(typeof(bool))]
public sealed class TestKohaMajorMappingCommand : KohaPatronCmdlet
{
    private MappingCheck? _check;
    private string? _baselinePath;

    /// <summary>People that Get-WorkdayPatron gives. Nothing piped: everybody of the settings' "source".</summary>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    public WorkdayPerson? InputObject { get; set; }

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

    /// <summary>Gives $true where every term is mapped, else $false, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>The settings file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    /// <summary>The built-in rules that the settings add to.</summary>
    [Parameter]
    [ValidateSet("2023", "2026")]
    public string? Profile { get; set; }

    protected override void Begin()
    {
        _check = new MappingCheck(SettingsSource.Load(this, SettingsPath, Profile));
        _baselinePath = BaselinePath is null ? null : PathResolver.Literal(this, BaselinePath);
        if (UpdateBaseline && _baselinePath is null)
            Fail(BindingNotices.NoBaselinePath());
    }

    protected override void Process()
    {
        if (InputObject is not null)
            _check!.Add(InputObject);
        else if (!MyInvocation.ExpectingInput)
            WorkdayInput.Read(this, SettingsPath, _check!.Add, Cancel);
    }

    protected override void Complete()
    {
        var baseline = _baselinePath is null ? null : MappingBaseline.Read(_baselinePath);
        if (_baselinePath is not null && baseline is null && !UpdateBaseline)
            Tell(MappingNotices.NoBaseline(_baselinePath));
        if (_check!.BrokenExports.Count > 0)
            Tell(MappingNotices.BrokenExports(_check.BrokenExports));

        var gaps = _check.Gaps(baseline);
        if (Quiet)
            WriteObject(!gaps.Any(gap => !gap.IsMapped && gap.Change != MappingChange.Gone));
        else
            WriteObject(Dead ? gaps.Concat(_check.Dead()) : gaps, enumerateCollection: true);
        if (UpdateBaseline && _check.BrokenExports.Count == 0 && ShouldProcess(_baselinePath!, "Keep the terms of this check"))
            MappingBaseline.Write(_baselinePath!, _check.Terms);
    }
}
