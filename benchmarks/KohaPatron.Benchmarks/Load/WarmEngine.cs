using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KohaPatron.Benchmarks.Load;

/// <summary>An engine that stays open between runs, with the built module and three cmdlets that do nothing.</summary>
internal sealed class WarmEngine : IDisposable
{
    private readonly LoadFiles _files;
    private readonly Runspace _runspace;

    public WarmEngine(LoadFiles files)
    {
        _files = files;
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Places.ModuleManifest]);
        state.Commands.Add(new SessionStateCmdletEntry("Send-Ready", typeof(SendReadyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Step-Ready", typeof(StepReadyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Receive-Ready", typeof(ReceiveReadyCommand), null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    private string WithCards => $"ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport '{_files.ProxReport}'";

    public void Read() => Run($"Get-WorkdayPatron '{_files.Folder}' | Receive-Ready");

    public void Prox() => Run($"@() | {WithCards}");

    public void ReadAndConvert() => Run($"Get-WorkdayPatron '{_files.Folder}' | ConvertTo-KohaPatronCsv -End 2099-12-12 | Receive-Ready");

    public void ReadAndConvertWithCards() => Run($"Get-WorkdayPatron '{_files.Folder}' | {WithCards} | Receive-Ready");

    public void Load() => Run($"Get-WorkdayPatron '{_files.Folder}' | {WithCards} | Export-KohaPatronCsv '{_files.Csv}'");

    public void EmptyPipeline() => Run($"Send-Ready -Count {_files.People} | Step-Ready | Receive-Ready");

    public void Dispose() => _runspace.Dispose();

    private void Run(string script)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        shell.Invoke();
        if (shell.Streams.Error.Count > 0)
            throw new InvalidOperationException(shell.Streams.Error[0].ToString());
    }
}

/// <summary>Writes the same ready-made object again and again.</summary>
[Cmdlet(VerbsCommunications.Send, "Ready")]
public sealed class SendReadyCommand : Cmdlet
{
    [Parameter]
    public int Count { get; set; }

    protected override void ProcessRecord()
    {
        var ready = new Ready();
        for (var i = 0; i < Count; i++)
            WriteObject(ready);
    }
}

/// <summary>Passes an object on.</summary>
[Cmdlet(VerbsCommon.Step, "Ready")]
public sealed class StepReadyCommand : Cmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public Ready? InputObject { get; set; }

    protected override void ProcessRecord() => WriteObject(InputObject);
}

/// <summary>Takes an object and forgets it.</summary>
[Cmdlet(VerbsCommunications.Receive, "Ready")]
public sealed class ReceiveReadyCommand : Cmdlet
{
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }
}

/// <summary>An object that was there before.</summary>
public sealed class Ready;
