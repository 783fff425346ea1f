using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Xml.Linq;

namespace KohaPatron.PowerShell.Tests;

/// <summary>The module as it is imported: its names, its isolation, its views.</summary>
public sealed class ModuleTests : ModuleTest
{
    private const string Load = "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction Ignore | Export-KohaPatronCsv $folder/out.csv -PassThru";

    [Fact]
    public void Another_modules_CsvHelper_does_not_break_ours_nor_ours_theirs()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        // Theirs is loaded first, as a script would that imported their module before.
        var theirs = Run("Import-Module $other; Get-OtherCsvHelper", ("other", Places.OtherModule)).WithoutErrors();
        Assert.StartsWith("34.", theirs.Output[0].ToString());
        // The header of the file that rows are added to is read with ours.
        Assert.Single(Run($"{Load} > $null; {Load} -Append").WithoutErrors().Output);
        var loaded = AssemblyLoadContext.All
            .SelectMany(context => context.Assemblies.Where(assembly => assembly.GetName().Name == "CsvHelper").Select(assembly => (context.Name, assembly.GetName().Version!.Major)))
            .ToList();
        Assert.Contains(("KohaPatron", 33), loaded);
        Assert.Contains(loaded, entry => entry is { Name: not "KohaPatron", Major: 34 });
    }

    [Fact]
    public void Core_and_its_dependencies_live_in_a_context_of_their_own()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Run(Load).WithoutErrors();
        var context = Assert.Single(AssemblyLoadContext.All, context => context.Name == "KohaPatron");
        var folders = context.Assemblies.ToDictionary(assembly => assembly.GetName().Name!, assembly => Path.GetDirectoryName(assembly.Location)!);
        Assert.True(folders.Remove("KohaPatron.Core", out var core));
        // Core is what the build compiled for this system, where it did.
        var compiled = Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, "net8.0", RuntimeInformation.RuntimeIdentifier);
        Assert.Equal(Directory.Exists(compiled) ? compiled : Path.Combine(Path.GetDirectoryName(compiled)!, "dependencies"), core);
        Assert.All(folders.Values, folder => Assert.Equal("dependencies", Path.GetFileName(folder)));
        Assert.DoesNotContain(AssemblyLoadContext.Default.Assemblies, assembly => assembly.GetName().Name is "KohaPatron.Core");
    }

    [Fact]
    public void The_module_can_be_imported_again()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Run("Import-Module $manifest -Force; Remove-Module KohaPatron; Import-Module $manifest", ("manifest", Places.ModuleManifest)).WithoutErrors();
        Assert.Single(Run(Load).WithoutErrors().Output);
    }

    [Fact]
    public void The_manifest_exports_just_the_cmdlets_there_are()
    {
        var commands = Run("(Get-Module KohaPatron).ExportedCommands.Keys").Output.Select(name => name.ToString());
        var written = Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "src", "KohaPatron.PowerShell", "Cmdlets"), "*Command.cs").Length;
        Assert.Equal(written, commands.Count());
    }

    [Fact]
    public void Public_types_have_short_names()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Assert.Equal("True", Run("(Get-WorkdayPatron $folder) -is [WorkdayStudent]").WithoutErrors().Output[0].ToString());
        Assert.Equal("SF", Run("([KohaPatronRow]@{ branchcode = 'SF' }).branchcode").WithoutErrors().Output[0].ToString());
    }

    [Fact]
    public void Every_view_is_for_a_type_that_exists_and_names_properties_that_it_has()
    {
        Folder.Write("student_data.json", Export(Student("a", "1")));
        Run(Load).WithoutErrors();
        var core = AssemblyLoadContext.All.Single(context => context.Name == "KohaPatron").Assemblies.Single(assembly => assembly.GetName().Name == "KohaPatron.Core");
        var views = XDocument.Load(Path.Combine(Path.GetDirectoryName(Places.ModuleManifest)!, "KohaPatron.Format.ps1xml")).Descendants("View").ToList();
        Assert.NotEmpty(views);
        foreach (var view in views)
        {
            var type = core.GetType(view.Element("ViewSelectedBy")!.Element("TypeName")!.Value, throwOnError: true)!;
            foreach (var property in view.Descendants("TableColumnItem").Elements("PropertyName"))
                Assert.True(type.GetProperty(property.Value) is not null, $"{type.Name} has no {property.Value}");
        }
    }
}
