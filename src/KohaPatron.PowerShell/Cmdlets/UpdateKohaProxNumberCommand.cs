using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

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
    private readonly ProxParameters _cards = new();
    private readonly List<WorkdayPerson> _people = [];
    private readonly List<ProxChange> _plan = [];
    private KohaPatronSettings? _settings;
    private ProxTable? _prox;
    private HeardReadings? _readings;

    /// <summary>People of Get-WorkdayPatron, or lines of Compare-KohaProxNumber, also after they were saved.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether first and last names are brought up to date too.</summary>
    [Parameter]
    public SwitchParameter IncludeName { get; set; }

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
        _readings = new HeardReadings();
        _prox = _cards.Read(this, _settings, Tell);
    }

    protected override void Process()
    {
        foreach (var item in PipedItems.Of(InputObject))
            Take(item);
    }

    protected override void Complete()
    {
        var missing = MissingFile();
        if (_people.Count > 0)
            PlanPeople();
        ProxLines.CheckCards(_plan.Where(change => change.Status == ProxChangeStatus.Change), _settings!.CardNumber);
        var lines = _plan.Select(change => change.Status == ProxChangeStatus.Change ? ProxLines.Of(change) : null).ToList();
        var lookedUp = _plan.Count(change => change.Status is not (ProxChangeStatus.NoProxNumber or ProxChangeStatus.Excepted));
        Apply(lines, lookedUp, _settings, ResultOf, place => LeftAlone(_plan[place]), Report, () => WriteMissing(missing));
        TellTotals();
    }

    private protected override string Action(PatronLine line)
    {
        var names = line.Fields.Any(change => change.Field is PatronFields.FirstName or PatronFields.Surname);
        if (line.Of(PatronFields.CardNumber) is null)
            return $"Bring the name of {line.UserId} (patron {line.PatronId}) up to date.";
        var kept = line.Of(PatronFields.Statistics2) is null ? string.Empty : ", and keep the old number in statistics_2";
        return $"Change the card number of {line.UserId} (patron {line.PatronId}){(names ? ", bring the name up to date" : string.Empty)}{kept}.";
    }

    private void Take(PSObject item)
    {
        if (item.BaseObject is WorkdayPerson person)
            Take(person);
        else if (ProxChanges.From(item) is { } change)
            _plan.Add(change);
        else
            Tell(CardSyncNotices.NotAPlan());
    }

    private void Take(WorkdayPerson person)
    {
        _people.Add(person);
        _readings!.Add(person.Export?.Reading);
    }

    /// <summary>The full path of -MissingPath, or null; what it must not be is said before anything is read or written.</summary>
    private string? MissingFile()
    {
        if (MissingPath is null)
        {
            if (_people.Count > 0 && _readings!.Lost is { Count: > 0 } some)
                Tell(CardSyncNotices.PeopleIncomplete(some));
            return null;
        }

        if (_people.Count == 0)
            Fail(CardSyncNotices.MissingWithoutPeople());
        var path = PathResolver.Literal(this, MissingPath);
        if (_readings!.IsInput(path))
            Fail(CardSyncNotices.MissingOverInput(path));
        if (_readings!.Lost is not { Count: > 0 } lost)
            return path;
        Tell(CardSyncNotices.MissingIncomplete(path, lost));
        return null;
    }

    private void WriteMissing(string? path)
    {
        if (path is null)
            return;
        var missing = _plan.Where(change => change.Status == ProxChangeStatus.Missing).SelectMany(change => change.Person?.Records ?? []).ToList();
        if (ShouldProcess($"Write {missing.Count} missing people to {path}.", $"Write {missing.Count} missing people to {path}?", "Missing people"))
            WorkdayExportWriter.Write(path, missing);
    }

    private void PlanPeople()
    {
        if (_prox is null)
            Fail(BindingNotices.NoProxReport());
        var comparison = ProxComparison.For(Koha, _settings!, _prox!, IncludeName, PatronLookup.DefaultBatchSize);
        PipelineQueue.Run((_, cancel) => _plan.AddRange(comparison.PlanAsync(_people, cancel).GetAwaiter().GetResult()), Cancel);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _readings?.Dispose();
        base.Dispose(disposing);
    }

    private static ProxUpdateResult LeftAlone(ProxChange change) =>
        new(Enum.TryParse<ProxUpdateStatus>(change.Status.ToString(), out var same) ? same : ProxUpdateStatus.Failed, change.UserId, change.PatronId, change.Why);
}
