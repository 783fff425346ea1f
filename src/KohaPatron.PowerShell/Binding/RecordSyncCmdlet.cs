using KohaPatron.Core.PatronSync;
using KohaPatron.Core.PatronSync.Apply;
using KohaPatron.Core.PatronSync.Plan;
using KohaPatron.Core.PatronSync.Records;

namespace KohaPatron.PowerShell.Binding;

/// <summary>What the cmdlets that change whole records share: the question per patron, the results and the totals.</summary>
public abstract class RecordSyncCmdlet : SyncCmdlet
{
    /// <summary>What was done or would be.</summary>
    private protected RecordTotals? Totals { get; set; }

    private protected override string Activity => "Patrons";

    // Under -WhatIf thousands of lines say less than one: the totals.
    private protected override bool Ask(PatronLine line) => !IsWhatIf && ShouldProcess(Action(line), Action(line), "Change a patron in Koha?");

    /// <summary>The result of a line; what was only shown is counted, and is no result.</summary>
    private protected PatronUpdateResult? ResultOf(SyncResult result)
    {
        var status = RecordTotals.StatusOf(result.Line, result.End);
        Totals!.Add(result.Line, status);
        return result.End == LineEnd.Planned ? null : new PatronUpdateResult(status, result.Line.UserId, result.PatronId, result.Message);
    }

    private protected void Report(PatronUpdateResult result)
    {
        if (result.Status == PatronUpdateStatus.Failed)
            Tell(RecordNotices.Failed(result.UserId, result.Message ?? "not written"));
        WriteObject(result);
    }

    /// <summary>The totals, where there was anything to count; under -WhatIf as what would happen.</summary>
    private protected void TellTotals(string sentence)
    {
        if (Totals!.All == 0)
            return;
        if (IsWhatIf)
            ShouldProcess(sentence, sentence, string.Empty);
        else
            Tell(RecordNotices.Summary($"{sentence}   {Cost}"));
    }
}
