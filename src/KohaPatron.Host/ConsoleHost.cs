using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;

namespace KohaPatron.Host;

/// <summary>The engine's host on a plain console: objects on stdout, errors and warnings on stderr, no questions.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUserInterface _ui = new();

    /// <summary>What a script gave to exit.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>Whether an error was shown.</summary>
    public bool HadErrors => _ui.HadErrors;

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "koha-patron";

    public override PSHostUserInterface UI => _ui;

    public override Version Version => Assembly.GetExecutingAssembly().GetName().Version!;

    public void WriteError(ErrorRecord error) => _ui.WriteErrorLine($"{error.InvocationInfo?.MyCommand?.Name ?? Name}: {error}");

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("koha-patron has no prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("koha-patron has no prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
