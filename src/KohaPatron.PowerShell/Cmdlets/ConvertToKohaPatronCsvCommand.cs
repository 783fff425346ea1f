using System.Management.Automation;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Makes rows of Koha's patron import from Workday people. Whoever should be looked at is a warning with the user name;
/// whoever gets no row can be had with the reason. The totals come at the end, on the information stream.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "KohaPatronCsv")]
[OutputType(typeof(KohaPatronRow), typeof(SkippedPatron))]
public sealed class ConvertToKohaPatronCsvCommand : SettingsCmdlet
{
    private PatronRegistrar? _registrar;

    /// <summary>People that Get-WorkdayPatron gives.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public WorkdayPerson? InputObject { get; set; }

    /// <summary>The last day of the semester, year-month-day.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [IsoDate]
    [Alias("SemesterEnd")]
    public DateTime End { get; set; }

    /// <summary>The prox report; left out: the settings' "proxReport".</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProxReport { get; set; }

    // Not a parameter set of its own: the engine would choose between sets anew for each person.
    /// <summary>Card numbers that Import-ProxReport gave; instead of -ProxReport.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public PSObject[]? ProxNumber { get; set; }

    /// <summary>The day of enrolment, and the day that counts as today in the rules, year-month-day. Left out: today.</summary>
    [Parameter]
    [IsoDate]
    public DateTime EnrolledOn { get; set; } = TimeProvider.System.GetLocalNow().Date;

    /// <summary>Whether people without a row come out too, as SkippedPatron with the reason.</summary>
    [Parameter]
    public SwitchParameter IncludeSkipped { get; set; }

    /// <summary>The name of a variable that takes the totals.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    protected override void Begin()
    {
        var settings = LoadSettings();
        _registrar = new PatronRegistrar(new LoadTerms(settings, End, EnrolledOn, ProxTables.Read(this, settings, ProxReport, ProxNumber, Tell)), Tell);
        _registrar.Begin();
    }

    protected override void Process()
    {
        var (row, skipped) = _registrar!.Register(InputObject!);
        if (row is not null)
            WriteObject(row);
        else if (IncludeSkipped)
            WriteObject(skipped);
    }

    protected override void Complete()
    {
        _registrar!.End();
        TellUser(_registrar.Summary.ToString());
        if (SummaryVariable is not null)
            SessionState.PSVariable.Set(SummaryVariable, _registrar.Summary);
    }
}
