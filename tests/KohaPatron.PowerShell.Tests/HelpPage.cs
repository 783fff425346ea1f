using System.Text.RegularExpressions;

namespace KohaPatron.PowerShell.Tests;

/// <summary>A page of docs/cmdlets, as PlatyPS lays it out.</summary>
public sealed partial class HelpPage
{
    private readonly string _text;

    private HelpPage(string path)
    {
        Path = path;
        _text = File.ReadAllText(path);
    }

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.md").Select(System.IO.Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    public string Path { get; }

    public string Text => _text;

    public string Synopsis => Section("SYNOPSIS");

    public string Description => Section("DESCRIPTION");

    public IReadOnlyList<Example> Examples => [.. Parts("EXAMPLES").Select(part => Example.Parse(part.Title, part.Text))];

    public IReadOnlyList<Parameter> Parameters => [.. Parts("PARAMETERS").Where(part => part.Title.StartsWith('-')).Select(part => new Parameter(part.Title[1..], part.Text))];

    /// <summary>The types that come in, or go out, each with a text.</summary>
    public IReadOnlyList<(string Title, string Text)> Types(string section) => [.. Parts(section)];

    /// <summary>Where the links of the page lead, except to the web.</summary>
    public IReadOnlyList<string> Links => [.. Link().Matches(Section("RELATED LINKS")).Select(match => match.Groups["to"].Value)];

    public static HelpPage Of(string cmdlet) => new(System.IO.Path.Combine(Folder, cmdlet + ".md"));

    /// <summary>Text without marks of markdown, on one line, to compare with help that has none and breaks its lines elsewhere.</summary>
    public static string Plain(string text) => Space().Replace(Link().Replace(text, "${text}").Replace("`", string.Empty, StringComparison.Ordinal), " ").Trim();

    private static string Folder => System.IO.Path.Combine(Places.RepositoryRoot, "docs", "cmdlets");

    private string Section(string name) => Regex.Match(_text, $@"(?<=^## {name}\n).*?(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline).Value.Trim();

    private IEnumerable<(string Title, string Text)> Parts(string section) =>
        Part().Matches(Section(section)).Select(match => (match.Groups["title"].Value, match.Groups["text"].Value.Trim()));

    [GeneratedRegex(@"^### (?<title>.+)\n(?<text>((?!### ).*(\n|\z))*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Part();

    [GeneratedRegex(@"\[(?<text>[^\]]+)\]\((?<to>[^)]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    public sealed partial record Example(string Title, string Code, string Text)
    {
        public static Example Parse(string title, string text)
        {
            var block = Block().Match(text);
            return new(title, block.Groups["code"].Value, block.Groups["text"].Value.Trim());
        }

        [GeneratedRegex(@"\A```powershell\n(?<code>.*?)\n```(?<text>.*)\z", RegexOptions.Singleline)]
        private static partial Regex Block();
    }

    public sealed class Parameter(string name, string text)
    {
        public string Name => name;

        public string Text => text[..text.IndexOf("```yaml", StringComparison.Ordinal)].Trim();

        public string Type => Value("Type");

        public bool HasWildcards => Value("SupportsWildcards") == "true";

        public IReadOnlyList<string> Aliases => [.. Regex.Match(text, @"(?<=^Aliases:\n)(?:- .*\n)*", RegexOptions.Multiline).Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[2..])];

        /// <summary>The one parameter set, or (All).</summary>
        public string ParameterSet => Value("- Name");

        public string Position => Value("Position");

        public bool IsRequired => Value("IsRequired") == "true";

        public bool FromPipeline => Value("ValueFromPipeline") == "true";

        public bool FromPipelineByName => Value("ValueFromPipelineByPropertyName") == "true";

        private string Value(string key) => Assert.Single(Regex.Matches(text, $@"(?<=^ *{key}: ).*$", RegexOptions.Multiline)).Value;
    }
}
