using System.Management.Automation;
using KohaPatron.Core.Drift;
using KohaPatron.Core.Files;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Notices;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Completion;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Makes rows of Koha's patron import from Workday people. Whoever should be looked at is a warning with the user name;
/// whoever gets no row can be had with the reason. The totals come at the end, on the information stream.
/// </summary>
[Cmdlet(VerbsData.ConvertTo, "KohaPatronCsv")]
[OutputType(typeof(KohaPatronRow), typeof(SkippedPatron))]
public sealed class ConvertToKohaPatronCsvCommand : SettingsCmdlet, IDynamicParameters, IWorksAhead
{
    private readonly ProxParameters _cards = new();
    private readonly RunProgress _progress = new("Rows of the patron import", "people");
    private readonly PatronLoadSummary _summary = new();
    private PatronRegistrar? _registrar;
    private RowMaker? _ahead;
    private ParcelWriter<KohaPatronRow>? _rows;
    private ShrinkBrake? _brake;
    private InputReading? _lastReading;
    private string?[] _files = [];

    /// <summary>People that Get-WorkdayPatron gives.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The last day of the semester, year-month-day.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [IsoDate]
    [ArgumentCompleter(typeof(SemesterEndCompleter))]
    [Alias("SemesterEnd", "EndDate")]
    public DateTime End { get; set; }

    /// <summary>The day of enrolment, and the day that counts as today in the rules, year-month-day. Left out: today.</summary>
    [Parameter]
    [IsoDate]
    [Alias("DateEnrolled")]
    public DateTime EnrolledOn { get; set; } = TimeProvider.System.GetLocalNow().Date;

    /// <summary>Whether people without a row come out too, as SkippedPatron with the reason.</summary>
    [Parameter]
    public SwitchParameter IncludeSkipped { get; set; }

    /// <summary>The name of a variable that takes the totals.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    /// <summary>A baseline of Test-WorkdayExport: exports that shrank by more than -MaximumShrink since are an error, and no file is written.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaselinePath { get; set; }

    /// <summary>By how many per cent the number of people of an export may go down; 100 for no limit.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumShrink { get; set; } = ExportDrift.UsualShrink;

    /// <summary>-ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _cards;

    Type ITakesParcels.Parcels => typeof(WorkdayPerson);

    /// <summary>On the thread that reads the exports, while its people wait for this cmdlet.</summary>
    void IWorksAhead.WorkAhead(object item)
    {
        var person = (WorkdayPerson)item;
        person.Draft = _ahead!.Make(person);
    }

    protected override void Begin()
    {
        _rows = new ParcelWriter<KohaPatronRow>(this);
        _brake = OpenBaseline();
        var settings = LoadSettings();
        var prox = _cards.Read(this, settings, Tell);
        _files = [settings.File, prox?.File];
        var load = new SemesterLoad(settings, End, EnrolledOn, prox);
        _ahead = new RowMaker(load);
        _registrar = new PatronRegistrar(load, Tell) { Summary = _summary };
        _registrar.Begin();
    }

    protected override void Process()
    {
        if (_progress.IsDue(_summary.People) is { } record)
            WriteProgress(record);
        if (InputObject?.BaseObject is Parcel<WorkdayPerson> people)
        {
            foreach (var person in people.Items)
                Register(person);
        }
        else if (PipedPeople.From(InputObject, Tell) is { } person)
        {
            Register(person);
        }

        _rows!.Send();
    }

    protected override void Complete()
    {
        if (_progress.End is { } record)
            WriteProgress(record);
        _registrar!.End();
        _brake?.Check(_summary.Exports);
        TellUser(_summary.ToString());
        if (SummaryVariable is not null)
            SessionState.PSVariable.Set(SummaryVariable, _summary);
    }

    /// <summary>
    /// The totals count what is told, whoever tells it: rules, the prox report, or that there are no settings. Rows that wait
    /// for their parcel may be overtaken: who takes parcels of them has nothing to say about a row.
    /// </summary>
    private protected override void Tell(Notice notice)
    {
        _summary.Count(notice);
        base.Tell(notice);
    }

    private void Register(WorkdayPerson person)
    {
        var (row, skipped) = _registrar!.Register(person);
        Remember(row);
        if (row is not null)
        {
            _rows!.Write(row);
        }
        else if (IncludeSkipped)
        {
            _rows!.Send();
            WriteObject(skipped);
        }
    }

    /// <summary>
    /// Keeps what else the rows of a reading are made of. All rows of a run have one text for the day of enrolment: by it they
    /// are known when Select-Object has made them anew.
    /// </summary>
    private void Remember(KohaPatronRow? row)
    {
        if (row?.Reading is not { } reading || ReferenceEquals(reading, _lastReading))
            return;
        _lastReading = reading;
        foreach (var file in _files)
            reading.AddFile(file);
        Readings.Mine.Mark(row.dateenrolled, reading);
    }

    private ShrinkBrake? OpenBaseline()
    {
        if (BaselinePath is null)
            return null;
        var path = PathResolver.Literal(this, BaselinePath);
        var brake = new ShrinkBrake(path, MaximumShrink);
        Tell(brake.Lack ?? FileNotices.Reading(path));
        return brake;
    }
}
