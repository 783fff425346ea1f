using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>What Tab offers on a gs:// address.</summary>
public sealed class StorageNameCompletionTests : StorageTest
{
    [Theory]
    [InlineData("Get-WorkdayPatron gs://campus/", "gs://campus/feeds/ 'gs://campus/it’’s here.json' gs://campus/student_data.json")]
    [InlineData("Get-WorkdayPatron gs://campus/STU", "gs://campus/student_data.json")]
    [InlineData("Get-WorkdayPatron -Path 'gs://campus/it", "'gs://campus/it’’s here.json'")]
    [InlineData("Save-WorkdayExport gs://campus/feeds/", "gs://campus/feeds/2026-08/ gs://campus/feeds/employee_data.json")]
    [InlineData("Test-WorkdayExport gs://campus/feeds/2", "gs://campus/feeds/2026-08/")]
    public async Task Objects_and_folders_are_offered_quoted_where_they_must_be(string typed, string offered)
    {
        await using var storage = await StartAsync();
        Assert.Equal(offered, string.Join(" ", await OfferedAsync(storage, typed)));
    }

    [Fact]
    public async Task Tab_does_not_wait_for_the_service_and_the_next_one_has_what_came()
    {
        await using var storage = await StartAsync();
        using var answering = new ManualResetEventSlim();
        storage.OnRequest = (_, _) => answering.Wait();
        Assert.Empty(Complete(storage, "Get-WorkdayPatron gs://campus/stu"));
        answering.Set();
        Assert.Equal(["gs://campus/student_data.json"], await OfferedAsync(storage, "Get-WorkdayPatron gs://campus/stu"));
        Assert.Single(storage.Requests);
    }

    [Theory]
    [InlineData("gs://")]
    [InlineData("gs://camp")]
    [InlineData("gs://Campus/")]
    [InlineData("gs://nobody/")]
    [InlineData("-CredentialPath nodrive:/x gs://campus/")]
    [InlineData("-SettingsPath nowhere.json gs://campus/")]
    public async Task Where_nothing_can_be_said_nothing_is_and_nobody_is_disturbed(string typed)
    {
        await using var storage = await StartAsync();
        Assert.Empty(Complete(storage, $"Get-WorkdayPatron {typed}"));
        Assert.Empty(Run("$Error").Output);
    }

    [Theory]
    [InlineData("Get-WorkdayPatron $address", "")]
    [InlineData("Get-WorkdayPatron -SettingsPath $folder/settings.json", "")]
    [InlineData("Get-WorkdayPatron gs://campus/, $folder", "Animation")]
    public async Task What_people_in_a_bucket_have_is_not_read_for_Tab(string source, string offered)
    {
        await using var storage = await StartAsync();
        Folder.Write("student_data.json", Export(Student("a", "1", "\"primary_program\":\"Animation\"")));
        Folder.Write("settings.json", """{"source": "gs://campus/"}""");
        Run("$address = 'gs://campus/student_data.json'").WithoutErrors();
        Assert.Equal(offered, string.Join(" ", Complete(storage, $"{source} | Where-Object PrimaryProgram -eq ")));
        Assert.Empty(storage.Requests);
        Assert.Empty(Run("$Error").Output);
    }

    private static async Task<FakeStorage> StartAsync()
    {
        var storage = await FakeStorage.StartAsync();
        foreach (var name in new[] { "student_data.json", "it’s here.json", "line\nbreak.json", "feeds/", "feeds/employee_data.json", "feeds/2026-08/student_data.json" })
            storage.State.Put("campus", name, "{}"u8.ToArray());
        return storage;
    }

    /// <summary>What is offered when the answer has come.</summary>
    private async Task<List<string>> OfferedAsync(FakeStorage storage, string typed)
    {
        var offered = Complete(storage, typed);
        for (var i = 0; i < 300 && offered.Count == 0; i++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            offered = Complete(storage, typed);
        }

        return offered;
    }
}
