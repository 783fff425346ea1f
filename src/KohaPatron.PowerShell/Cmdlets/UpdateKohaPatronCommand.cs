using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.Notices;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Text;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Brings patrons in Koha into line with rows: makes the new, changes what differs, and nothing else. Takes rows, and plans
/// and applies in one go, or lines of a plan. Each patron is read again right before the write; what moved since is left
/// alone. Every write is in the journal before and after, so that a killed run can go on and a wrong one be undone.
/// </summary>
[Cmdlet(VerbsData.Update, "KohaPatron", SupportsShouldProcess = true)]
[OutputType(typeof(PatronUpdateResult))]
public sealed class UpdateKohaPatronCommand : RecordSyncCmdlet, IDynamicParameters
{
    private readonly RecordParameters _records = new();
    private readonly List<KohaPatronRow> _rows = [];
    private readonly List<PatronChange> _plan = [];
    private KohaPatronSettings? _settings;
    private RowInput? _input;

    /// <summary>Lines of Compare-KohaPatron, also after they were saved, rows of ConvertTo-KohaPatronCsv, or with -End people of Get-WorkdayPatron.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The day on which the accounts of leavers in the plan end; without it they are left alone. Nobody is deleted.</summary>
    [Parameter]
    [IsoDate]
    public DateTime? ExpireLeaver { get; set; }

    /// <summary>How many leavers' accounts may end; left out: a fifth of those compared, and at least 25.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumLeaver { get; set; } = -1;

    /// <summary>-End, -Field, -ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _records;

    protected override void Begin()
    {
        if (ExpireLeaver is { } day && TimeProvider.System.GetLocalNow().Date is var today && day < today)
            Fail(RecordNotices.ExpiryIsPast(day, today));
        _settings = LoadSettings();
        base.Begin();
        Totals = new RecordTotals(_settings.Attributes);
        _input = _records.Open(this, _settings, Tell);
    }

    protected override void Process()
    {
        foreach (var item in PipedItems.Of(InputObject))
            Take(item);
    }

    protected override void Complete()
    {
        PlanRows();
        RecordLines.Check(_plan.Where(change => change.Status is PatronChangeStatus.New or PatronChangeStatus.Change || (change.Status == PatronChangeStatus.Leaver && ExpireLeaver is not null)), _settings!);
        var lines = _plan.Select(LineOf).ToList();
        CheckLeavers(lines);
        Apply(lines, _plan.Count, _settings!, ResultOf, place => LeftAlone(_plan[place]), Report);
        TellTotals(Totals!.OfPlan());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _input?.Dispose();
        base.Dispose(disposing);
    }

    private protected override Func<PatronRecord, string?>? LeavesAlone => RecordGuard.Of(_settings!);

    private protected override string Action(PatronLine line) => line.Kind == LineKind.Create
        ? $"Make the patron {line.UserId}."
        : $"Change {string.Join(", ", line.Fields.Select(change => RecordFields.ColumnOf(change.Field)))} of {line.UserId} (patron {line.PatronId}).";

    private void Take(PSObject item)
    {
        if (PatronChanges.From(item) is { } change)
            _plan.Add(change);
        else if (_input!.From(item) is { } row)
            _rows.Add(row);
    }

    private void PlanRows()
    {
        if (_input!.Lost is { Count: > 0 } lost)
            Tell(CardSyncNotices.PeopleIncomplete(lost));
        if (_rows.Count == 0)
            return;
        var comparison = RecordComparison.For(Koha, _settings!, _records.Field, PatronLookup.DefaultBatchSize);
        PipelineQueue.Run((_, cancel) => _plan.AddRange(comparison.PlanAsync(_rows, cancel).GetAwaiter().GetResult()), Cancel);
        _rows.Clear();
    }

    private PatronLine? LineOf(PatronChange change) => change.Status switch
    {
        PatronChangeStatus.New or PatronChangeStatus.Change => RecordLines.Of(change),
        PatronChangeStatus.Leaver when ExpireLeaver is { } day => RecordLines.Leaver(change, IsoDay.Of(day)),
        _ => null,
    };

    /// <summary>Accounts that end have a limit of their own: an export that is not what it was must not end everybody's.</summary>
    private void CheckLeavers(List<PatronLine?> lines)
    {
        var leavers = _plan.Where((_, place) => lines[place] is { IsLeaver: true }).ToList();
        var among = leavers.Select(change => change.Among).DefaultIfEmpty().Min();
        var limit = BrakeOf(MaximumLeaver).Limit(among);
        if (leavers.Count <= limit)
            return;
        var tooMany = RecordNotices.TooManyLeavers(leavers.Count, among, limit);
        if (IsWhatIf)
            Tell(tooMany with { Level = Core.Notices.NoticeLevel.Warning });
        else
            Fail(tooMany);
    }

    private PatronUpdateResult? LeftAlone(PatronChange change)
    {
        var status = change.Status switch
        {
            PatronChangeStatus.Leaver when ExpireLeaver is not null => PatronUpdateStatus.Unchanged,
            PatronChangeStatus.Renamed => PatronUpdateStatus.Renamed,
            PatronChangeStatus.Ambiguous => PatronUpdateStatus.Ambiguous,
            PatronChangeStatus.Excepted => PatronUpdateStatus.Excepted,
            PatronChangeStatus.Leaver => PatronUpdateStatus.Leaver,
            PatronChangeStatus.Conflict => PatronUpdateStatus.Conflict,
            _ => PatronUpdateStatus.Unchanged,
        };
        Totals!.Add(status);
        return IsWhatIf ? null : new PatronUpdateResult(status, change.UserId, change.PatronId, change.Why);
    }
}
