using System.Management.Automation;
using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.PowerShell.Binding;

namespace KohaPatron.PowerShell.Cmdlets;

/// <summary>
/// Takes back what the runs in a journal did: card numbers, what was kept in statistics_2, and names, where Koha still has
/// what was written, and reports the rest.
/// </summary>
[Cmdlet(VerbsCommon.Undo, "KohaProxNumber", SupportsShouldProcess = true)]
[OutputType(typeof(ProxUpdateResult))]
public sealed class UndoKohaProxNumberCommand : CardSyncCmdlet
{
    protected override void Complete()
    {
        Run((run, cancel) => run.UndoAsync(onlyCards: true, cancel), LoadSettings(), toApply: 0, result =>
        {
            if (ResultOf(result) is { } done)
                Report(done);
        });
        TellTotals();
    }

    private protected override string Action(PatronLine line) => GivingBack(line);
}
