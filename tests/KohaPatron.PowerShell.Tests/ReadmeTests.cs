using System.Text.RegularExpressions;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What README shows is what happens.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Places.RepositoryRoot, "README.md"));

    [Fact]
    public void The_session_is_played_as_shown()
    {
        var played = HostProcess.RunIn(Places.RepositoryRoot, "-File", Path.Combine(Places.RepositoryRoot, "docs", "session.ps1"));
        Assert.Equal("", played.Error);
        Golden.CheckBlock(Path.Combine(Places.RepositoryRoot, "README.md"), "docs/session.ps1", Regex.Replace(played.Output.ReplaceLineEndings("\n"), " +\n", "\n"));
    }

    [Fact]
    public void The_first_command_counts_as_shown()
    {
        using var folder = new TemporaryFolder();
        var shown = Regex.Matches(Readme, "^(Workday export|Koha rows|Cards|To look at) .*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture).Select(line => line.Value);
        var printed = HostProcess.Run("-File", Path.Combine(Places.Examples, "semester-load.ps1"), "-OutFile", folder["patrons.csv"], "-End", "2099-12-12").Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(6, shown.Count());
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        foreach (var page in Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "docs"), "*.md").Append(Path.Combine(Places.RepositoryRoot, "README.md")))
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:)([^)#]+)[^)]*\)"))
                Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value)), $"{Path.GetFileName(page)}: {link.Groups[1].Value}");
        }
    }

    [Fact]
    public void Every_cmdlet_is_named()
    {
        foreach (var cmdlet in Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "docs", "cmdlets"), "*.md"))
            Assert.Contains($"`{Path.GetFileNameWithoutExtension(cmdlet)}`", Readme);
    }
}
