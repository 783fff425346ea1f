using System.Management.Automation;
using KohaPatron.Core.Drift;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Compares rows of the patron import with the patrons that Koha has: a plan with a line for each person. It reads and writes
/// nothing. With -Leaver it tells instead who is in Koha and in none of the exports.
/// </summary>
[Cmdlet(VerbsData.Compare, "KohaPatron")]
[OutputType(typeof(PatronChange))]
public sealed class CompareKohaPatronCommand : ConnectedCmdlet, IDynamicParameters
{
    private readonly RecordParameters _records = new();
    private readonly List<KohaPatronRow> _rows = [];
    private readonly List<WorkdayPerson> _people = [];
    private KohaPatronSettings? _settings;
    private KohaConnection? _connection;
    private RowInput? _input;
    private HeardReadings? _readings;
    private ShrinkBrake? _brake;

    /// <summary>Rows of ConvertTo-KohaPatronCsv, also after they were saved; with -End or -Leaver people of Get-WorkdayPatron.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Tells who is in Koha and in none of the exports, in place of the plan; the people of all exports must be piped.</summary>
    [Parameter]
    public SwitchParameter Leaver { get; set; }

    /// <summary>The baseline of Test-WorkdayExport: with an export that shrank since nobody is called a leaver.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BaselinePath { get; set; }

    /// <summary>By how many per cent the number of people of an export may go down.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumShrink { get; set; } = ExportDrift.UsualShrink;

    /// <summary>How many patrons to ask for with one request.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int BatchSize { get; set; } = PatronLookup.DefaultBatchSize;

    /// <summary>-End, -Field, -ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _records;

    protected override void Begin()
    {
        _settings = LoadSettings();
        _connection = GetConnection();
        _readings = new HeardReadings();
        if (Leaver && BaselinePath is null)
            Fail(RecordNotices.LeaversNeedBaseline());
        if (BaselinePath is not null)
            _brake = new ShrinkBrake(PathResolver.Literal(this, BaselinePath), MaximumShrink);
        if (Leaver && _brake!.Lack is { } lack)
            Fail(lack with { Level = NoticeLevel.Error });
        if (!Leaver)
            _input = _records.Open(this, _settings, Tell);
    }

    protected override void Process()
    {
        if (!Leaver)
        {
            if (_input!.From(InputObject) is { } row)
                _rows.Add(row);
        }
        else if (InputObject?.BaseObject is WorkdayPerson person)
        {
            _people.Add(person);
            _readings!.Add(person.Export?.Reading);
        }
        else
        {
            Fail(RecordNotices.LeaversNeedPeople());
        }
    }

    protected override void Complete()
    {
        Func<CancellationToken, Task<IReadOnlyList<PatronChange>>> work = Leaver ? Leavers() : Plan();
        PipelineQueue.Run(
            (queue, cancel) =>
            {
                var plan = work(cancel).GetAwaiter().GetResult();
                queue.Post(() => WriteObject(plan, enumerateCollection: true));
            },
            Cancel);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input?.Dispose();
            _readings?.Dispose();
        }

        base.Dispose(disposing);
    }

    private Func<CancellationToken, Task<IReadOnlyList<PatronChange>>> Plan()
    {
        if (_input!.Lost is { Count: > 0 } lost)
            Tell(CardSyncNotices.PeopleIncomplete(lost));
        var comparison = RecordComparison.For(_connection!, _settings!, _records.Field, BatchSize);
        return cancel => comparison.PlanAsync(_rows, cancel);
    }

    /// <summary>Somebody's absence is news only where everything is there: every export whole, of the size that it had, and everybody piped.</summary>
    private Func<CancellationToken, Task<IReadOnlyList<PatronChange>>> Leavers()
    {
        var exports = _people.Where(person => person.Export is not null).GroupBy(person => person.Export!).Select(people => (Export: people.Key, Came: people.Distinct().Count())).ToList();
        var filtered = exports.Where(each => each.Came < each.Export.People).Select(each => RecordNotices.NotAllCame(each.Export.ShortName, each.Export.People, each.Came));
        var unknown = _brake!.Unknown(_readings!.WholeFiles).Select(RecordNotices.NotInBaseline);
        if (_readings.Gaps.Concat(filtered).Concat(unknown).ToList() is { Count: > 0 } gaps)
            Fail(RecordNotices.LeaversNeedAll(gaps));
        _brake.Check([.. exports.Select(each => new WorkdayExportSummary(each.Export.Name, each.Came, each.Export.IsComplete))]);
        var comparison = new LeaverComparison(new PatronPages(_connection!.Http), RecordPlanOptions.From(_settings!, _connection.ApiRoot, _records.Field), TimeProvider.System.GetLocalNow().Date);
        return cancel => comparison.FindAsync(_people, cancel);
    }
}
