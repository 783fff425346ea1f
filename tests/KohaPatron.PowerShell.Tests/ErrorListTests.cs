using System.Text.RegularExpressions;

namespace KohaPatron.PowerShell.Tests;

/// <summary>about_KohaPatron_Errors lists every error, every warning and every rule of Test-KohaPatronCsv, and no other.</summary>
public sealed partial class ErrorListTests : ModuleTest
{
    private static string Source => Path.Combine(Places.RepositoryRoot, "src");

    private static string Topic => File.ReadAllText(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, "en-US", "about_KohaPatron_Errors.help.txt"));

    private static List<(string Code, string Kind, string Text)> Entries => [.. Entry().Matches(Topic).Select(match => (match.Groups["code"].Value, match.Groups["kind"].Value, match.Groups["text"].Value))];

    [Fact]
    public void The_list_has_every_code_of_the_messages_and_no_other()
    {
        var codes = Directory.GetFiles(Source, "*Notices.cs", SearchOption.AllDirectories)
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(codes, Entries.Where(entry => entry.Kind != "rule").Select(entry => entry.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_has_every_rule_of_the_import_file_and_no_other()
    {
        var rules = Run("[Enum]::GetNames((Get-Command Test-KohaPatronCsv).OutputType[0].Type.GetProperty('Rule').PropertyType)").WithoutErrors().Output.Select(name => name.ToString()).Order(StringComparer.Ordinal);
        Assert.Equal(rules, Entries.Where(entry => entry.Kind == "rule").Select(entry => entry.Code).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_entry_has_a_cause_and_a_cure() =>
        Assert.All(Entries, entry => Assert.Matches(@"\A        Cause: \S.*?\.\n        Cure:  \S.*?\.\n\z", Continued().Replace(entry.Text, " ")));

    [Fact]
    public void Messages_are_made_in_the_files_that_are_looked_through_and_nowhere_else() => Assert.All(
        Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(file => !file.EndsWith("Notices.cs", StringComparison.Ordinal)),
        file => Assert.DoesNotMatch(@"NoticeLevel\.\w+,", File.ReadAllText(file)));

    /// <summary>Words run together, alone in quotation marks, are a code. Totals and details are neither an error nor a warning.</summary>
    [GeneratedRegex("""(?<=(?<!NoticeLevel\.(Information|Verbose), )")[A-Z][a-z]+([A-Z][a-z]*)+(?=")""", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"^    (?<code>[A-Z][A-Za-z]+) \((?<kind>error|warning|rule)[^)]*\)\n(?<text>(        .+\n)+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\n {15}")]
    private static partial Regex Continued();
}
