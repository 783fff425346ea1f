using System.Management.Automation;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.ProxReport;
using KohaPatron.Core.Settings;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;
using KohaPatron.PowerShell.Sources;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Compares the card numbers of the prox report with those in Koha: a plan with a line for each person. It reads
/// (GET /patrons) and writes nothing. The plan is made over all people together, for a card may pass from one to another.
/// </summary>
[Cmdlet(VerbsData.Compare, "KohaProxNumber")]
[OutputType(typeof(ProxChange))]
public sealed class CompareKohaProxNumberCommand : ConnectedCmdlet, IDynamicParameters
{
    private readonly ProxParameters _cards = new();
    private readonly List<WorkdayPerson> _people = [];
    private KohaPatronSettings? _settings;
    private KohaConnection? _connection;
    private ProxTable? _prox;
    private HeardReadings? _readings;

    /// <summary>People that Get-WorkdayPatron gives.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether first and last names are compared too.</summary>
    [Parameter]
    public SwitchParameter IncludeName { get; set; }

    /// <summary>How many patrons to ask for with one request.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int BatchSize { get; set; } = PatronLookup.DefaultBatchSize;

    /// <summary>-ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _cards;

    protected override void Begin()
    {
        _settings = LoadSettings();
        _connection = GetConnection();
        _readings = new HeardReadings();
        _prox = _cards.Read(this, _settings, Tell);
        if (_prox is null)
            Fail(BindingNotices.NoProxReport());
    }

    protected override void Process()
    {
        if (PipedPeople.From(InputObject, Tell) is not { } person)
            return;
        _people.Add(person);
        _readings!.Add(person.Export?.Reading);
    }

    protected override void Complete()
    {
        if (_readings!.Lost is { Count: > 0 } lost)
            Tell(CardSyncNotices.PeopleIncomplete(lost));
        var comparison = ProxComparison.For(_connection!, _settings!, _prox!, IncludeName, BatchSize);
        PipelineQueue.Run(
            (queue, cancel) =>
            {
                var plan = comparison.PlanAsync(_people, cancel).GetAwaiter().GetResult();
                queue.Post(() => WriteObject(plan, enumerateCollection: true));
            },
            Cancel);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _readings?.Dispose();
        base.Dispose(disposing);
    }
}
