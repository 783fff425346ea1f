using System.Management.Automation;
using KohaPatron.Core.Workday;
using KohaPatron.PowerShell.Cmdlets;

namespace KohaPatron.PowerShell.Binding;

/// <summary>People for a cmdlet to which nothing is piped: what Get-WorkdayPatron reads of the settings' source.</summary>
internal static class WorkdayInput
{
    /// <summary>Reads everybody through Get-WorkdayPatron, so that there is one way to read; nobody is kept.</summary>
    public static void Read(PSCmdlet cmdlet, string? settingsPath, Action<WorkdayPerson> take, CancellationToken cancel)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(new CmdletInfo("Get-WorkdayPatron", typeof(GetWorkdayPatronCommand)));
        if (settingsPath is not null)
            shell.AddParameter("SettingsPath", PathResolver.Literal(cmdlet, settingsPath));
        using var stop = cancel.Register(() => shell.BeginStop(null, null));
        using var people = new PSDataCollection<PSObject>();
        people.DataAdded += (_, _) =>
        {
            foreach (var person in people.ReadAll())
                take((WorkdayPerson)person.BaseObject);
        };
        shell.Streams.Error.DataAdded += (_, _) =>
        {
            foreach (var error in shell.Streams.Error.ReadAll())
                cmdlet.WriteError(error);
        };
        shell.Streams.Warning.DataAdded += (_, _) =>
        {
            foreach (var warning in shell.Streams.Warning.ReadAll())
                cmdlet.WriteWarning(warning.Message);
        };
        shell.Invoke(null, people);
    }
}
