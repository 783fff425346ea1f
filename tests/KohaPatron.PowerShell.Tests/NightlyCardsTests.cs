using System.Diagnostics;
using KohaPatron.Fakes.Koha;

namespace KohaPatron.PowerShell.Tests;

/// <summary>The scheduled script: its exit codes, and what it keeps.</summary>
public sealed class NightlyCardsTests : KohaTest
{
    private static readonly string Script = Path.Combine(Places.Examples, "nightly-cards.ps1");

    private string Key => Folder["key.xml"];

    [Fact]
    public async Task All_done_is_0_and_leaves_a_journal_the_missing_people_a_log_and_a_report()
    {
        await using var koha = await FakeKoha.StartAsync();
        Prepare();
        var result = Nightly(koha.ApiRoot.ToString());
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var day = DateTime.Today.ToString("yyyy-MM-dd");
        foreach (var kept in new[] { $"cards-{day}.html", $"cards-{day}.jsonl", "cards.log", $"missing-{day}.json" })
            Assert.True(File.Exists(Path.Combine(Folder["kept"], kept)), kept);
        var log = File.ReadAllText(Path.Combine(Folder["kept"], "cards.log"));
        Assert.Contains("exit code 0", log);
        Assert.Contains("Card numbers  2 people: 1 updated, 1 missing", log);
        Assert.Equal("61100", (string?)koha.State.Find(5)!["cardnumber"]);
    }

    [Fact]
    public async Task A_person_that_cannot_be_read_is_1_and_the_others_are_done()
    {
        await using var koha = await FakeKoha.StartAsync();
        Prepare("7");
        Assert.Equal(1, Nightly(koha.ApiRoot.ToString()).ExitCode);
        Assert.Contains("ERROR: student_data.json, record 3", File.ReadAllText(Path.Combine(Folder["kept"], "cards.log")));
        Assert.Equal("61100", (string?)koha.State.Find(5)!["cardnumber"]);
    }

    [Fact]
    public async Task A_Koha_that_cannot_be_reached_is_2_and_says_so()
    {
        await using var koha = await FakeKoha.StartAsync();
        Prepare();
        var result = Nightly("http://127.0.0.1:1/api/v1");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("127.0.0.1:1 cannot be reached", result.Error);
        Assert.Contains("exit code 2", File.ReadAllText(Path.Combine(Folder["kept"], "cards.log")));
    }

    [Fact]
    public async Task A_log_has_each_error_once_and_nothing_of_the_program()
    {
        await using var koha = await FakeKoha.StartAsync();
        Prepare();
        File.Delete(Folder["prox.csv"]);
        Assert.Equal(2, Nightly(koha.ApiRoot.ToString()).ExitCode);
        var log = File.ReadAllLines(Path.Combine(Folder["kept"], "cards.log"));
        Assert.Equal(2, log.Length);
        Assert.StartsWith("ERROR: The prox report", log[1]);
    }

    [Fact]
    public async Task Nobody_to_read_is_2_and_so_is_a_key_that_is_not_there()
    {
        await using var koha = await FakeKoha.StartAsync();
        Prepare();
        File.Delete(Folder["student_data.json"]);
        Assert.Equal(2, Nightly(koha.ApiRoot.ToString()).ExitCode);
        File.Delete(Key);
        var result = Nightly(koha.ApiRoot.ToString());
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Run save-key.ps1 as this account.", result.Error);
    }

    [Fact]
    public void The_key_is_asked_for_and_kept_for_its_owner_alone()
    {
        SaveKey();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Key));
        Assert.Equal("client-editor", Run("[Management.Automation.PSSerializer]::Deserialize([IO.File]::ReadAllText($key)).UserName", ("key", Key)).WithoutErrors().Output[0].ToString());
    }

    private void Prepare(params string[] more)
    {
        SaveKey();
        Folder.Write("prox.csv", "\"Universal ID\",\"Prox ID\"\n\"0001815\",\"000061100\"\n\"0077\",\"000061101\"\n");
        Folder.Write("student_data.json", Export([Student("alovelace@example.edu", "1815"), Student("nobody", "77"), .. more]));
    }

    private void SaveKey()
    {
        var start = new ProcessStartInfo("dotnet", [Places.HostAssembly, "-File", Path.Combine(Places.Examples, "save-key.ps1"), "-Path", Key]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.StandardInput.WriteLine("client-editor\nsecret-editor");
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private HostProcess.Result Nightly(string root) => HostProcess.Run(
        "-File", Script, "-ApiRoot", root, "-KeyPath", Key, "-Folder", Folder["kept"], "-Source", Folder.Path, "-ProxReport", Folder["prox.csv"]);
}
