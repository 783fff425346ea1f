using System.Management.Automation;
using System.Xml.Linq;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Help: the pages in docs, the module's help file and the cmdlets say the same, and Get-Help finds it.</summary>
public sealed class HelpTests : ModuleTest
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static string HelpFolder => Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, "en-US");

    private static List<XElement> HelpFile { get; } = [.. XDocument.Load(Path.Combine(HelpFolder, "KohaPatron.PowerShell.dll-Help.xml")).Root!.Elements(Command + "command")];

    public static TheoryData<string> Pages => [.. HelpPage.Names];

    public static TheoryData<string> Topics => [.. Directory.GetFiles(HelpFolder, "*.txt").Select(path => Path.GetFileName(path).Replace(".help.txt", string.Empty, StringComparison.Ordinal))];

    [Fact]
    public void Every_cmdlet_has_a_page_and_a_place_in_the_help_file()
    {
        var cmdlets = Run("(Get-Module KohaPatron).ExportedCmdlets.Keys").Output.Select(name => name.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(cmdlets, HelpPage.Names);
        Assert.Equal(cmdlets, HelpFile.Select(NameOf));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_tells_the_parameters_as_they_are(string cmdlet) => Assert.Equal(
        RealParameters(cmdlet).Select(parameter => Line(parameter.Name, parameter.ParameterType.ToString(), parameter.Aliases, parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(), SetOf(parameter))),
        HelpPage.Of(cmdlet).Parameters.Select(parameter => Line(parameter.Name, parameter.Type, parameter.Aliases, parameter.HasWildcards, $"{parameter.ParameterSet} {parameter.Position} {parameter.IsRequired} {parameter.FromPipeline} {parameter.FromPipelineByName}")));

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_help_file_tells_the_parameters_as_they_are(string cmdlet) => Assert.Equal(
        RealParameters(cmdlet).Select(parameter => Line(parameter.Name, parameter.ParameterType.ToString(), parameter.Aliases, parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(), InHelpFile(parameter))),
        Help(cmdlet).Element(Command + "parameters")!.Elements().Select(parameter => Line(
            parameter.Element(Maml + "name")!.Value,
            parameter.Element(Dev + "type")!.Element(Maml + "name")!.Value,
            parameter.Attribute("aliases")!.Value.Split(", ").Where(alias => alias != "none"),
            (bool)parameter.Attribute("globbing")!,
            $"{parameter.Attribute("position")!.Value} {parameter.Attribute("required")!.Value} {parameter.Attribute("pipelineInput")!.Value}")));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Nothing_on_a_page_is_left_without_a_text(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        // One line of a narrow console.
        Assert.Matches(@"\A[A-Z][^\n]{1,74}\.\z", page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.All(page.Parameters, parameter => Assert.EndsWith(".", parameter.Text));
        Assert.True(page.Examples.Count >= 2);
        Assert.All(page.Examples, (example, i) =>
        {
            Assert.StartsWith($"Example {i + 1}: ", example.Title);
            Assert.NotEmpty(example.Code);
            Assert.EndsWith(".", example.Text);
        });
        Assert.All([.. page.Types("INPUTS"), .. page.Types("OUTPUTS")], type => Assert.EndsWith(".", type.Text));
        Assert.NotEmpty(page.Types("INPUTS"));
        Assert.NotEmpty(page.Links);
        Assert.All(page.Links, link => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page.Path)!, link)), $"{cmdlet}: {link} leads nowhere"));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_help_file_says_what_the_page_says(string cmdlet)
    {
        var (page, help) = (HelpPage.Of(cmdlet), Help(cmdlet));
        Assert.Equal(HelpPage.Plain(page.Synopsis), Text(help.Element(Command + "details")!.Element(Maml + "description")!));
        Assert.Equal(HelpPage.Plain(page.Description), Text(help.Element(Maml + "description")!));
        Assert.Equal(
            page.Parameters.Select(parameter => HelpPage.Plain(parameter.Text)),
            help.Element(Command + "parameters")!.Elements().Select(parameter => Text(parameter.Element(Maml + "description")!)));
        Assert.Equal(
            page.Examples.Select(example => (example.Title, example.Code, HelpPage.Plain(example.Text))),
            help.Element(Command + "examples")!.Elements().Select(example => (example.Element(Maml + "title")!.Value.Trim('-', ' '), example.Element(Dev + "code")!.Value, Text(example.Element(Dev + "remarks")!))));
        Assert.Equal(page.Links.Select(link => Path.GetFileName(link).Split('.')[0]), help.Descendants(Maml + "linkText").Select(link => link.Value));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Get_Help_finds_a_cmdlet(string cmdlet)
    {
        var page = HelpPage.Of(cmdlet);
        var found = Run($"$help = Get-Help {cmdlet}; $help.Synopsis; $help.examples.example.Count; {cmdlet} -? | ForEach-Object Name").WithoutErrors().Output.Select(each => each.ToString());
        Assert.Equal([page.Synopsis, $"{page.Examples.Count}", cmdlet], found);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void Get_Help_finds_a_topic_that_fits_a_narrow_console(string topic)
    {
        var text = Run($"Get-Help {topic}").WithoutErrors().Output[0].ToString();
        Assert.Matches($@"\ATOPIC\r?\n    {topic}\r?\n\r?\nSHORT DESCRIPTION\r?\n    \S", text);
        Assert.Contains("\nLONG DESCRIPTION", text);
        Assert.Contains("\nSEE ALSO", text);
        Assert.All(text.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
    }

    [Fact]
    public void The_topic_of_settings_lists_every_key_with_an_example_that_is_one()
    {
        using var schema = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, "koha-patron.schema.json")));
        var topic = File.ReadAllText(Path.Combine(HelpFolder, "about_KohaPatron_Settings.help.txt"));
        var keys = topic[topic.IndexOf("\nKEYS\n", StringComparison.Ordinal)..topic.IndexOf("\nEXAMPLES\n", StringComparison.Ordinal)].Split('\n');
        Assert.Equal(schema.RootElement.GetProperty("properties").EnumerateObject().Select(key => key.Name), keys.Where(line => line.Length > 4 && line.StartsWith("    ", StringComparison.Ordinal) && line[4] != ' ').Select(line => line.Trim()));
        var examples = keys.Where(line => line.StartsWith("        Example:", StringComparison.Ordinal)).Select(line => line["        Example:".Length..].Trim()).ToList();
        Assert.NotEmpty(examples);
        Folder.Write("settings.json", $"{{{string.Join(",\n", examples)}}}");
        Run("Get-KohaPatronSetting -SettingsPath $folder/settings.json").WithoutErrors();
    }

    private static string NameOf(XElement command) => command.Element(Command + "details")!.Element(Command + "name")!.Value;

    private static XElement Help(string cmdlet) => HelpFile.Single(command => NameOf(command) == cmdlet);

    private static string Text(XElement element) => HelpPage.Plain(string.Join(" ", element.Elements(Maml + "para").Select(para => para.Value)));

    /// <summary>The parameters but for those of every cmdlet, by name. None stands in several sets in several ways.</summary>
    private List<ParameterMetadata> RealParameters(string cmdlet) => [.. ((CmdletInfo)Run($"Get-Command {cmdlet}").Output[0].BaseObject).Parameters.Values
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
        .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)];

    private static string SetOf(ParameterMetadata parameter)
    {
        var (name, set) = Assert.Single(parameter.ParameterSets);
        return $"{(name == ParameterAttribute.AllParameterSets ? "(All)" : name)} {Position(set, "Named")} {set.IsMandatory} {set.ValueFromPipeline} {set.ValueFromPipelineByPropertyName}";
    }

    private static string InHelpFile(ParameterMetadata parameter)
    {
        var set = Assert.Single(parameter.ParameterSets).Value;
        string[] ways = [.. set.ValueFromPipeline ? ["ByValue"] : Array.Empty<string>(), .. set.ValueFromPipelineByPropertyName ? ["ByPropertyName"] : Array.Empty<string>()];
        return $"{Position(set, "Named")} {(set.IsMandatory ? "true" : "false")} {(ways.Length == 0 ? "false" : $"true ({string.Join(", ", ways)})")}";
    }

    private static string Position(ParameterSetMetadata set, string named) => set.Position == int.MinValue ? named : $"{set.Position}";

    private static string Line(string name, string type, IEnumerable<string> aliases, bool wildcards, string set) =>
        $"{name}: {type}, aliases {string.Join(" ", aliases.Order(StringComparer.Ordinal))}, wildcards {wildcards}, {set}";
}
