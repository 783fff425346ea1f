using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace KohaPatron.Host;

/// <summary>One engine with the module loaded, running one command to its end.</summary>
internal sealed class Session : IDisposable
{
    private readonly ConsoleHost _host = new();
    private readonly Runspace _runspace;
    private System.Management.Automation.PowerShell? _running;
    private volatile bool _stopped;

    public Session(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        state.ImportPSModule([manifest]);
        state.Variables.Add(new SessionStateVariableEntry("ErrorView", ErrorView.ConciseView, "As in PowerShell 7"));
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
        _runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = MissingCmdlets.Explain;
    }

    /// <summary>Runs the command with its output formatted by the engine; gives the exit code.</summary>
    public int Run(CommandLine command)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        Build(shell, command);
        _running = shell;
        if (_stopped)
            return ExitCode.Errors;
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            return ExitCode.Errors;
        }
        catch (RuntimeException e)
        {
            _host.WriteError(e.ErrorRecord);
        }

        return _host.ExitCode ?? (_host.HadErrors || _stopped ? ExitCode.Errors : ExitCode.Success);
    }

    /// <summary>Ctrl+C.</summary>
    public void Stop()
    {
        _stopped = true;
        // Not on this thread: stopping waits for the cmdlets to notice.
        if (_running is { } shell)
            _ = Task.Run(shell.Stop);
    }

    public void Dispose() => _runspace.Dispose();

    private static void Build(System.Management.Automation.PowerShell shell, CommandLine command)
    {
        if (command.File is { } file)
        {
            // The call operator binds "-Name value" as PowerShell does; the texts themselves are passed as variables.
            var arguments = command.Arguments.Select((argument, index) => IsParameter(argument) ? argument : $"$__arguments[{index}]");
            shell.Runspace.SessionStateProxy.SetVariable("__arguments", command.Arguments.ToArray());
            shell.Runspace.SessionStateProxy.SetVariable("__script", Path.GetFullPath(file));
            // A script's own exit ends the script alone: its code is the program's, or that of the last other program that it ran.
            shell.AddScript($"& $__script {string.Join(" ", arguments)}; if ($null -ne $LASTEXITCODE) {{ exit $LASTEXITCODE }}");
        }
        else
        {
            shell.AddScript(command.Command!);
        }

        // Errors go through the same formatter as the objects, in their order.
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
    }

    private static bool IsParameter(string argument) =>
        argument.Length > 1 && argument[0] == '-' && argument.Skip(1).All(letter => char.IsLetterOrDigit(letter) || letter is ':' or '$') && !char.IsDigit(argument[1]);
}
