using System.Management.Automation;
using KohaPatron.Core.Koha;
using KohaPatron.Core.Koha.Rest;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Journal;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.Registration;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Binding;
using KohaPatron.PowerShell.Pipeline;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Makes patrons in Koha (POST /patrons), attributes included, from rows, or with -End from people such as those that
/// Update-KohaProxNumber -MissingPath wrote. Whoever is there already is left alone.
/// </summary>
[Cmdlet(VerbsCommon.Add, "KohaPatron", SupportsShouldProcess = true)]
[OutputType(typeof(KohaAddResult))]
public sealed class AddKohaPatronCommand : JournalCmdlet, IDynamicParameters
{
    private readonly RowParameters _rows = new();
    private readonly List<KohaPatronRow> _waiting = [];
    private PatronAddition? _addition;
    private RowInput? _input;

    /// <summary>Rows of ConvertTo-KohaPatronCsv, also after they were saved, or with -End people of Get-WorkdayPatron.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Adds a patron although one with the same name and date of birth is there (Koha 24.05 and later).</summary>
    [Parameter]
    public SwitchParameter AllowLookAlike { get; set; }

    /// <summary>-End, -ProxReport and -ProxNumber.</summary>
    public object GetDynamicParameters() => _rows;

    protected override void Begin()
    {
        var connection = GetConnection();
        var settings = LoadSettings();
        var (journal, root, isWhatIf) = (JournalOf(connection), ApiRoot.Of(connection.ApiRoot), IsWhatIf);
        _addition = new PatronAddition(connection, settings.Attributes.UniversalId, () => isWhatIf ? SyncJournal.Peek(journal, root, mustExist: false) : SyncJournal.Hold(journal, root), AllowLookAlike);
        _input = _rows.Open(this, settings, Tell);
    }

    protected override void Process()
    {
        if (_input!.From(InputObject) is { } row)
            _waiting.Add(row);
        // As many as one look-up takes.
        if (_waiting.Count >= PatronLookup.DefaultBatchSize)
            AddWaiting();
    }

    protected override void Complete()
    {
        AddWaiting();
        if (_input!.Lost is { Count: > 0 } lost)
            Tell(CardSyncNotices.PeopleIncomplete(lost));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _addition?.Dispose();
            _input?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void AddWaiting()
    {
        if (_waiting.Count == 0)
            return;
        var rows = _waiting.ToArray();
        _waiting.Clear();
        PipelineQueue.Run(
            (queue, cancel) => _addition!.AddAsync(rows, row => queue.Ask(() => Ask(row)), result => queue.Post(() => Report(result)), cancel).GetAwaiter().GetResult(),
            Cancel);
    }

    private bool Ask(KohaPatronRow row) => ShouldProcess($"Add the patron {row.userid} to Koha.", $"Add the patron {row.userid} to Koha?", "Add a patron");

    private void Report(KohaAddResult result)
    {
        // Under -WhatIf the question was the answer.
        if (result.Status == KohaAddStatus.Skipped && IsWhatIf)
            return;
        if (result.Status == KohaAddStatus.Failed)
            Tell(KohaRestNotices.NotAdded(result.UserId, result.Message));
        WriteObject(result);
    }
}
