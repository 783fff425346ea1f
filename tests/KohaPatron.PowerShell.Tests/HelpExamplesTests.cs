using System.Management.Automation.Language;
using KohaPatron.Fakes.Koha;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Every example of help runs as it stands there, on a copy of examples/.</summary>
public sealed class HelpExamplesTests : StorageTest
{
    private const string Library = "library.example.edu";
    private const string Bucket = "int_files_source";

    /// <summary>What examples need of PowerShell's own cmdlets; the bare engine has none of them.</summary>
    private static readonly string[] NotInTheBareEngine = ["Export-Clixml", "Export-Csv", "Group-Object", "Import-Clixml", "Select-Object"];

    /// <summary>What the bare engine has besides this module.</summary>
    private static readonly string[] InTheBareEngine = ["ForEach-Object", "Where-Object"];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var cmdlet in HelpPage.Names)
            {
                foreach (var example in HelpPage.Of(cmdlet).Examples)
                    examples.Add(cmdlet, example.Title);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_runs_without_an_error(string cmdlet, string title)
    {
        var code = HelpPage.Of(cmdlet).Examples.Single(example => example.Title == title).Code;
        if (CommandsOf(code).Intersect(NotInTheBareEngine).FirstOrDefault() is { } missing)
            Assert.Skip($"The bare engine has no {missing}.");

        await using var koha = await FakeKoha.StartAsync();
        await using var storage = await FakeStorage.StartAsync();
        Directory.CreateDirectory(Folder["examples"]);
        Directory.CreateDirectory(Folder["out"]);
        foreach (var file in Directory.GetFiles(Places.Examples))
        {
            File.Copy(file, Path.Combine(Folder["examples"], Path.GetFileName(file)));
            if (Path.GetFileName(file).EndsWith("_data.json", StringComparison.Ordinal))
                storage.State.PutFile(Bucket, Path.GetFileName(file), file);
        }

        Engine.Run(
            $"$null = $ExecutionContext.SessionState.Path.SetLocation($folder); Connect-Koha $root $key -Name {Library}",
            ("folder", Folder.Path),
            ("root", koha.ApiRoot.ToString()),
            ("key", KohaTest.Credential("client-editor", "secret-editor"))).WithoutErrors();
        Run(storage, code.Replace($"https://{Library}/api/v1", koha.ApiRoot.ToString(), StringComparison.Ordinal)).WithoutErrors();
    }

    [Fact]
    public void Examples_need_nothing_but_this_module_and_a_few_of_PowerShells_own_cmdlets()
    {
        var commands = HelpPage.Names.SelectMany(cmdlet => HelpPage.Of(cmdlet).Examples).SelectMany(example => CommandsOf(example.Code)).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(commands.Except(HelpPage.Names).Except(InTheBareEngine).Except(NotInTheBareEngine));
        Assert.Empty(NotInTheBareEngine.Except(commands));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_shows_its_cmdlet(string cmdlet, string title) =>
        Assert.Contains(cmdlet, CommandsOf(HelpPage.Of(cmdlet).Examples.Single(example => example.Title == title).Code));

    private static IEnumerable<string> CommandsOf(string code)
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.Empty(errors);
        return script.FindAll(part => part is CommandAst, searchNestedScriptBlocks: true).Select(part => ((CommandAst)part).GetCommandName());
    }
}
