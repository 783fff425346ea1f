using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace KohaPatron.Benchmarks;

/// <summary>An engine that stays open between runs, with the built module or with three cmdlets that do nothing.</summary>
internal sealed class WarmEngine : IDisposable
{
    private readonly Runspace _runspace;

    public WarmEngine(bool withModule)
    {
        var state = InitialSessionState.CreateDefault2();
        if (withModule)
            state.ImportPSModule([Manifest]);
        state.Commands.Add(new SessionStateCmdletEntry("Send-Ready", typeof(SendReadyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Step-Ready", typeof(StepReadyCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Receive-Ready", typeof(ReceiveReadyCommand), null));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    private static string Manifest => typeof(WarmEngine).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "ModuleManifest").Value!;

    public void Load(LoadFiles files) =>
        Run($"Get-WorkdayPatron -Path '{files.Export}' | ConvertTo-KohaPatronCsv -End 2099-12-12 -ProxReport '{files.Prox}' | Export-KohaPatronCsv '{files.Csv}'");

    public void EmptyPipeline(int people) => Run($"Send-Ready -Count {people} | Step-Ready | Receive-Ready");

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
    public Ready? InputObject { get; set; }
}

/// <summary>An object that was there before.</summary>
public sealed class Ready;
