using System.Diagnostics;

namespace KohaPatron.PowerShell.Tests;

/// <summary>koha-patron: streams, exit codes, and Ctrl+C.</summary>
public sealed class HostTests : ModuleTest
{
    [Theory]
    [InlineData("1", 0)]
    [InlineData("Get-WorkdayPatron none-such", 1)]
    [InlineData("Get-WorkdayPatron none-such -ErrorAction Ignore", 0)]
    [InlineData("throw 'x'", 1)]
    [InlineData("if (", 1)]
    [InlineData("exit 7", 7)]
    [InlineData("No-SuchCommand", 1)]
    public void The_exit_code_tells_whether_there_was_an_error(string command, int exitCode) =>
        Assert.Equal(exitCode, HostProcess.Run("-Command", command).ExitCode);

    [Fact]
    public void Objects_go_to_stdout_and_errors_and_warnings_to_stderr_without_colours_in_a_pipe()
    {
        Folder.Write("student_data.json", Export(Student("anunez", "1"), "7"));
        var result = HostProcess.Run("-Command", $"Get-WorkdayPatron '{Folder.Path}' | ConvertTo-KohaPatronCsv -End 2099-12-12");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("anunez", result.Output);
        Assert.Contains("1 row, 0 left out, 1 warning.", result.Output);
        Assert.Contains("WARNING: No prox report", result.Error);
        Assert.Contains("Get-WorkdayPatron: student_data.json, record 2", result.Error);
        Assert.DoesNotContain("\e[", result.Output + result.Error);
    }

    [Fact]
    public void A_script_gets_its_arguments()
    {
        var script = Folder.Write("s.ps1", "param([string] $Name, [switch] $Loud, [Parameter(ValueFromRemainingArguments)] $Rest) \"$Name|$Loud|$($Rest -join '+')\"");
        Assert.Equal("a $x 'b'|True|c+d", HostProcess.Run("-File", script, "-Name", "a $x 'b'", "-Loud", "c", "d").Output.Trim());
    }

    [Theory]
    [InlineData("'a'; exit 3", 3)]
    [InlineData("exit 0", 0)]
    [InlineData("'a'", 0)]
    [InlineData("Get-WorkdayPatron none-such", 1)]
    public void A_scripts_exit_code_is_the_programs(string script, int exitCode) =>
        Assert.Equal(exitCode, HostProcess.Run("-File", Folder.Write("s.ps1", script)).ExitCode);

    [Fact]
    public void A_cmdlet_of_PowerShells_own_is_explained()
    {
        var result = HostProcess.Run("-Command", "1 | Export-Csv x.csv");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Export-Csv is a cmdlet of PowerShell's own, which koha-patron does not carry. Export-KohaPatronCsv writes rows to a file.", result.Error);
    }

    [Theory]
    [InlineData("-Nonsense")]
    [InlineData("-Command")]
    public void A_wrong_command_line_shows_the_usage(string option)
    {
        var result = HostProcess.Run(option);
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("Usage:", result.Error);
    }

    [Fact]
    public void Nobody_is_asked_anything()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        var result = HostProcess.Run("-Command", $"Get-WorkdayPatron '{Folder.Path}' | ConvertTo-KohaPatronCsv -End 2099-12-12 | Export-KohaPatronCsv '{Folder["o.csv"]}' -Confirm");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("runs without a prompt", result.Error);
        Assert.False(File.Exists(Folder["o.csv"]));
    }

    [Fact]
    public void Ctrl_C_stops_the_pipeline_and_leaves_the_old_file()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("There is no SIGINT for one process on Windows.");
        Folder.Write("out.csv", "old");
        Folder.Write("student_data.json", Export([.. Enumerable.Range(0, 3000).Select(i => Student("u" + i, i.ToString()))]));
        using var process = HostProcess.Start("-Command", $"'started'; Get-WorkdayPatron '{Folder.Path}' | ForEach-Object {{ [Threading.Thread]::Sleep(50); $_ }} | ConvertTo-KohaPatronCsv -End 2099-12-12 | Export-KohaPatronCsv '{Folder["out.csv"]}'");
        Assert.Equal("started", process.StandardOutput.ReadLine());
        using var kill = Process.Start("sh", ["-c", $"kill -INT {process.Id}"]);
        Assert.True(process.WaitForExit(10_000));
        Assert.Equal(1, process.ExitCode);
        Assert.Equal("old", File.ReadAllText(Folder["out.csv"]));
        Assert.Equal(2, Directory.GetFiles(Folder.Path).Length);
    }
}
