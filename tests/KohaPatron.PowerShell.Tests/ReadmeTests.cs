using System.Text.RegularExpressions;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What README shows is what happens.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Places.RepositoryRoot, "README.md"));

    [Fact]
    public void Every_link_leads_to_a_file()
    {
        foreach (var page in Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "docs"), "*.md").Append(Path.Combine(Places.RepositoryRoot, "README.md")))
        {
            foreach (Match link in Regex.Matches(File.ReadAllText(page), @"\]\((?!https?:)(?<path>[^)#]+)[^)]*\)"))
                Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, link.Groups["path"].Value)), $"{Path.GetFileName(page)}: {link.Groups["path"].Value}");
        }
    }

    [Fact]
    public void Every_cmdlet_is_named()
    {
        foreach (var cmdlet in Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "docs", "cmdlets"), "*.md"))
            Assert.Contains($"`{Path.GetFileNameWithoutExtension(cmdlet)}`", Readme);
    }
}
