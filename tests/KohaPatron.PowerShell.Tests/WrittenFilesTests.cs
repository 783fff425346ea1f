namespace KohaPatron.PowerShell.Tests;

/// <summary>Whatever the module writes is for its owner alone, and reaches no file that somebody else has put a link to.</summary>
public sealed class WrittenFilesTests : ModuleTest
{
    public static readonly TheoryData<string> Writers =
    [
        "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2023-12-12 | Export-KohaPatronCsv $folder/target",
        "Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2023-12-12 | Export-KohaPatronReport $folder/target",
    ];

    [Theory]
    [MemberData(nameof(Writers))]
    [InlineData("Get-WorkdayPatron $folder | Test-KohaMajorMapping -BaselinePath $folder/target -UpdateBaseline")]
    [InlineData("Test-WorkdayExport $folder -BaselinePath $folder/target -UpdateBaseline")]
    public void A_file_is_for_its_owner_alone_also_where_an_open_one_was(string writer)
    {
        // There a file takes its folder's rights.
        if (OperatingSystem.IsWindows())
            return;
        Given();
        Run(writer).WithoutErrors();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder["target"]));
        File.SetUnixFileMode(Folder["target"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        Run(writer).WithoutErrors();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder["target"]));
    }

    [Theory]
    [MemberData(nameof(Writers))]
    public void A_link_as_the_target_is_refused_in_words_and_nothing_is_written_where_it_leads(string writer)
    {
        Given();
        var elsewhere = Folder["elsewhere"];
        File.CreateSymbolicLink(Folder["target"], elsewhere);
        var failure = Run(writer).Failure;
        Assert.Contains($"{Folder["target"]} c", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("link to a file elsewhere", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(elsewhere, new FileInfo(Folder["target"]).LinkTarget);
        Assert.False(File.Exists(elsewhere));
    }

    [Fact]
    public void What_a_killed_run_left_goes_with_the_next_one_and_a_planted_link_is_not_followed()
    {
        Given();
        var elsewhere = Folder.Write("elsewhere", "not ours");
        File.CreateSymbolicLink(Folder[".target.kohapatron.tmp"], elsewhere);
        File.CreateSymbolicLink(Folder[$".target.{new string('a', 32)}.kohapatron.tmp"], elsewhere);
        Folder.Write($".target.{new string('b', 32)}.kohapatron.tmp", "SF,1,STAFF");
        Run(Writers.First()).WithoutErrors();
        Assert.Equal("not ours", File.ReadAllText(elsewhere));
        Assert.False(File.Exists(Folder[$".target.{new string('b', 32)}.kohapatron.tmp"]));
    }

    [Fact]
    public void Two_runs_that_write_the_same_file_give_one_whole_file_and_leave_nothing_beside_it()
    {
        Given();
        Run($"{Writers.First().Data.Replace("Export-Koha", "ForEach-Object { Get-WorkdayPatron $folder | ConvertTo-KohaPatronCsv -End 2023-12-12 | Export-KohaPatronCsv $folder/target; $_ } | Export-Koha", StringComparison.Ordinal)}").WithoutErrors();
        Assert.Equal(2, File.ReadAllLines(Folder["target"]).Length);
        Assert.Equal(["student_data.json", "target"], Directory.GetFiles(Folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private void Given() => Folder.Write("student_data.json", Export(Student("anunez", "1")));
}
