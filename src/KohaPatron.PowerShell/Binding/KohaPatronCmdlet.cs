using System.Management.Automation;
using KohaPatron.Core.Notices;

namespace KohaPatron.PowerShell.Binding;

/// <summary>
/// What all cmdlets of the module have in common: one token that Ctrl+C cancels, notices of the core on PowerShell's
/// streams, and the core's exception as a terminating error.
/// </summary>
public abstract class KohaPatronCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancel = new();
    private readonly NoticeGroups _notices = new();
    private Action? _process;

    /// <summary>Cancelled when the pipeline is stopped or the cmdlet is done.</summary>
    protected CancellationToken Cancel => _cancel.Token;

    protected sealed override void BeginProcessing() => Guard(Begin);

    // One delegate for all objects of the pipeline, not one each.
    protected sealed override void ProcessRecord() => Guard(_process ??= Process);

    protected sealed override void EndProcessing() => Guard(() =>
    {
        TellRest();
        Complete();
        TellRest();
    });

    protected sealed override void StopProcessing() => _cancel.Cancel();

    /// <summary>Before the first object of the pipeline.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>For each object of the pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>After the last object of the pipeline; not when it was stopped.</summary>
    protected virtual void Complete()
    {
    }

    /// <summary>Whether the user only asked what would happen, with -WhatIf or by $WhatIfPreference.</summary>
    private protected bool IsWhatIf => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var bound)
        ? ((SwitchParameter)bound).IsPresent
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>Puts a notice on the stream of its level, or when its cause was told often enough among the details; on the pipeline thread only.</summary>
    private protected virtual void Tell(Notice notice)
    {
        if (_notices.Shown(notice) is { } shown)
            Show(shown);
        else
            WriteVerbose(notice.ToString());
    }

    private void TellRest()
    {
        foreach (var notice in _notices.Rest())
            Show(notice);
    }

    private void Show(Notice notice)
    {
        switch (notice.Level)
        {
            case NoticeLevel.Verbose:
                WriteVerbose(notice.ToString());
                break;
            case NoticeLevel.Information:
                TellUser(notice.ToString());
                break;
            case NoticeLevel.Warning:
                WriteWarning(notice.ToString());
                break;
            default:
                WriteError(ErrorRecords.From(notice));
                break;
        }
    }

    /// <summary>Shows a line to whoever watches, as Write-Host does: never among the objects, and silent under 6&gt;$null.</summary>
    protected void TellUser(string text) => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Fail(Notice notice) => ThrowTerminatingError(ErrorRecords.From(notice));

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancel.Cancel();
            _cancel.Dispose();
        }
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (KohaPatronException e)
        {
            TellRest();
            Fail(e.Notice);
        }
        catch (OperationCanceledException) when (Stopping)
        {
            // The pipeline was stopped; PowerShell says so itself.
        }
    }
}
