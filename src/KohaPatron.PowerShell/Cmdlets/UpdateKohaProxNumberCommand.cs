using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Brings card numbers in Koha into line with the prox report (GET and PUT /patrons/{id}). Takes people, and plans and
/// applies in one go, or lines of a plan. Each patron is read again right before the write; what moved since is left alone.
/// Every write is in the journal before and after, so that a killed run can go on and a wrong one be undone.
/// </summary>
[Cmdlet(VerbsData.Update, "KohaProxNumber", SupportsShouldProcess = true)]
[OutputType(typeof(ProxUpdateResult))]
public sealed class UpdateKohaProxNumberCommand : CardSyncCmdlet, IDynamicParameters
{
    private const int AlwaysAllowed = 25;
    private const double AllowedShare = 0.2;

    private readonly ProxParameters _cards = new();
    private readonly List<WorkdayPerson> _people = [];
    private readonly List<ProxChange> _plan = [];
    private KohaPatronSettings? _settings;
    private ProxTable? _prox;

    /// <summary>People of Get-WorkdayPatron, or lines of Compare-KohaProxNumber, also after they were saved.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether first and last names are brought up to date too.</summary>
    [Parameter]
    public SwitchParameter IncludeName { get; set; }

    /// <summary>How many patrons may change; left out: a fifth of the people who were looked up, and at least 25. More than that, and nothing is written.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaximumChange { get; set; } = -1;

    /// <summary>A file for the people whom Koha does not have: an export that Get-WorkdayPatron reads.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MissingPath { get; set; }

    /// <summary>-ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _cards;

    protected override void Begin()
    {
        _settings = LoadSettings();
        base.Begin();
        _prox = _cards.Read(this, _settings, Tell);
    }

    protected override void Process()
    {
        // Windows PowerShell's ConvertFrom-Json gives a list as one object.
        foreach (var item in InputObject!.BaseObject is object[] list ? list : [InputObject])
            Take(PSObject.AsPSObject(item ?? string.Empty));
    }

    protected override void Complete()
    {
        if (_people.Count > 0)
            PlanPeople();
        var changes = _plan.Where(change => change is { Status: ProxChangeStatus.Change, PatronId: not null }).ToList();
        var lookedUp = _plan.Count(change => change.Status is not (ProxChangeStatus.NoProxNumber or ProxChangeStatus.Excepted));
        var limit = MaximumChange >= 0 ? MaximumChange : Math.Max(AlwaysAllowed, (int)Math.Ceiling(lookedUp * AllowedShare));
        if (changes.Count > limit)
            Fail(CardSyncNotices.TooMany(changes.Count, lookedUp, limit));
        foreach (var change in _plan.Except(changes))
            Report(new ProxUpdateResult(AsResult(change.Status), change.UserId, change.PatronId, change.Why));
        WriteMissing();
        Apply(changes, _settings!);
        TellTotals();
    }

    private void Take(PSObject item)
    {
        if (item.BaseObject is WorkdayPerson person)
            _people.Add(person);
        else if (ProxChanges.From(item) is { } change)
            _plan.Add(change);
        else
            Tell(CardSyncNotices.NotAPlan());
    }

    private void WriteMissing()
    {
        if (MissingPath is null)
            return;
        var path = PathResolver.Literal(this, MissingPath);
        var missing = new HashSet<string>(_plan.Where(change => change.Status == ProxChangeStatus.Missing).Select(change => change.UserId!), StringComparer.Ordinal);
        if (ShouldProcess($"Write {missing.Count} missing people to {path}.", $"Write {missing.Count} missing people to {path}?", "Missing people"))
            WorkdayExportWriter.Write(path, _people.Where(person => person.UserName is not null && missing.Contains(person.UserName.Trim())));
    }

    private void PlanPeople()
    {
        if (_prox is null)
            Fail(BindingNotices.NoProxReport());
        var planner = new ProxPlanner(ProxPlanOptions.From(_settings!, IncludeName));
        var comparison = new ProxComparison(new PatronLookup(Koha.Http, _settings!.Attributes.UniversalId, PatronLookup.DefaultBatchSize), planner, _prox!);
        PipelineQueue.Run((_, cancel) => _plan.AddRange(comparison.PlanAsync(_people, cancel).GetAwaiter().GetResult()), Cancel);
    }

    private static ProxUpdateStatus AsResult(ProxChangeStatus status) =>
        Enum.TryParse<ProxUpdateStatus>(status.ToString(), out var same) ? same : ProxUpdateStatus.Failed;
}
