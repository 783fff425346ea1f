using System.Management.Automation;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Records;
using KohaPatron.Core.Settings;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Takes back what the runs in a journal did: every field that was changed gets its old value where Koha still has what was
/// written, and patrons whom the runs made are deleted if they are as they were made and nothing hangs on them.
/// </summary>
[Cmdlet(VerbsCommon.Undo, "KohaPatron", SupportsShouldProcess = true)]
[OutputType(typeof(PatronUpdateResult))]
public sealed class UndoKohaPatronCommand : RecordSyncCmdlet
{
    private KohaPatronSettings? _settings;

    /// <summary>The journal of the runs; in the user's own data folder, one for each Koha, when left out.</summary>
    [Parameter(Position = 0)]
    [Alias("Journal")]
    [ValidateNotNullOrEmpty]
    public override string? JournalPath { get; set; }

    protected override void Complete()
    {
        _settings = LoadSettings();
        Totals = new RecordTotals(_settings.Attributes);
        Run((run, cancel) => run.UndoAsync(onlyCards: false, cancel), _settings, toApply: 0, result =>
        {
            if (ResultOf(result) is { } done && !IsWhatIf)
                Report(done);
        });
        TellTotals(Totals.OfUndo());
    }

    private protected override Func<PatronRecord, string?>? LeavesAlone => RecordGuard.OfUndo(_settings!);

    private protected override string Action(PatronLine line) => line.Kind == LineKind.Delete
        ? $"Delete {line.UserId} (patron {line.PatronId}), whom the run made."
        : GivingBack(line);
}
