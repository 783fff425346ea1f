using System.Management.Automation;
using KohaPatron.Core.PatronSync;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Gives patrons the card numbers back that they had before the runs in a journal, where Koha still has what was written,
/// and reports the rest. Names that were brought up to date stay.
/// </summary>
[Cmdlet(VerbsCommon.Undo, "KohaProxNumber", SupportsShouldProcess = true)]
[OutputType(typeof(ProxUpdateResult))]
public sealed class UndoKohaProxNumberCommand : CardSyncCmdlet
{
    protected override void Complete()
    {
        var settings = LoadSettings();
        IReadOnlyList<ProxChange> plan;
        using (var journal = SyncJournal.Hold(Journal, mustExist: true))
            plan = ProxUndo.Plan(journal.Lines);
        Apply(plan, settings);
        TellTotals();
    }
}
