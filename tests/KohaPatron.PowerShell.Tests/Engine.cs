using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace KohaPatron.PowerShell.Tests;

/// <summary>A PowerShell engine with the built module imported, and what a script wrote to each stream.</summary>
public sealed class Engine : IDisposable
{
    private readonly Runspace _runspace;

    public Engine()
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Places.ModuleManifest]);
        // Whatever the machine's own user has set must not reach the tests: a file without a word of its own.
        state.EnvironmentVariables.Add(new SessionStateVariableEntry("KOHA_PATRON_SETTINGS", Path.Combine(Places.RepositoryRoot, "tests", "Pester", "no-settings.json"), string.Empty));
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
    }

    /// <summary>Runs a script to its end; a terminating error is among the errors.</summary>
    public Outcome Run(string script, params (string Name, object? Value)[] variables)
    {
        foreach (var (name, value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        var output = new List<PSObject>();
        ErrorRecord? terminating = null;
        try
        {
            output.AddRange(shell.Invoke());
        }
        catch (RuntimeException e)
        {
            terminating = e.ErrorRecord;
        }

        return new Outcome(output, [.. shell.Streams.Error], terminating, [.. shell.Streams.Warning.Select(record => record.Message)], [.. shell.Streams.Information.Select(record => record.ToString())], [.. shell.Streams.Verbose.Select(record => record.Message)], [.. shell.Streams.Progress]);
    }

    /// <summary>What Tab offers at the end of what is typed.</summary>
    public List<string> Complete(string typed)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        return [.. CommandCompletion.CompleteInput(typed, typed.Length, options: null, shell).CompletionMatches.Select(match => match.CompletionText)];
    }

    /// <summary>Starts a script, stops it as Ctrl+C does, and gives how long the stop took.</summary>
    public async Task<TimeSpan> StopAfterAsync(string script, TimeSpan after)
    {
        using var shell = System.Management.Automation.PowerShell.Create(_runspace);
        shell.AddScript(script);
        var running = shell.BeginInvoke();
        await Task.Delay(after);
        Assert.False(running.IsCompleted);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Task.Run(shell.Stop);
        return clock.Elapsed;
    }

    public void Dispose() => _runspace.Dispose();
}

/// <summary>What a script gave.</summary>
public sealed record Outcome(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    ErrorRecord? Terminating,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Information,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The one error that ended a statement or the whole script.</summary>
    public ErrorRecord Failure => Terminating ?? Assert.Single(Errors);

    /// <summary>A property of each output object, as text.</summary>
    public IReadOnlyList<string?> Each(string property) => [.. Output.Select(item => item.Properties[property]?.Value?.ToString())];

    /// <summary>Fails the test where anything was an error.</summary>
    public Outcome WithoutErrors()
    {
        Assert.Null(Terminating);
        Assert.Empty(Errors);
        return this;
    }
}
