using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Get-WorkdayPatron on gs:// addresses: the same people as from a file, or a clear error; never a mixture.</summary>
public sealed class GetWorkdayPatronFromStorageTests : StorageTest
{
    private const string Read = "Get-WorkdayPatron gs://campus/student_data.json";
    private const string Convert = " | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction Ignore 6>$null | Export-KohaPatronCsv $folder/patrons.csv";

    [Theory]
    [InlineData("gs://campus/student_data.json", 1)]
    [InlineData("gs://campus/", 2)]
    [InlineData("gs://campus", 2)]
    [InlineData("gs://campus/feeds/2026/", 1)]
    [InlineData("gs://campus/feeds/2026", 1)]
    [InlineData("gs://campus/odd name +#%25?/..//Zoë.json", 1)]
    public async Task An_address_is_an_object_or_a_folder(string address, int people)
    {
        await using var storage = await FakeStorage.StartAsync();
        foreach (var name in new[] { "student_data.json", "feeds/2026/student_data.json", "odd name +#%25?/..//Zoë.json" })
            storage.State.Put("campus", name, Encoding.UTF8.GetBytes(Export(Student("anunez", "1"))));
        storage.State.Put("campus", "employee_data.json", Encoding.UTF8.GetBytes(Export(Employee("bkim", "2"))));
        Assert.Equal(people, Run(storage, $"Get-WorkdayPatron '{address}'").WithoutErrors().Output.Count);
        Assert.All(storage.Requests, request => Assert.Equal("", request.Authorization));
    }

    [Fact]
    public async Task The_settings_source_may_be_an_address()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", Encoding.UTF8.GetBytes(Export(Student("anunez", "1"))));
        Folder.Write("settings.json", """{"source": "gs://campus/"}""");
        Assert.Equal(["anunez"], Run(storage, "Get-WorkdayPatron -Type Student -SettingsPath $folder/settings.json").WithoutErrors().Each("UserName"));
        Assert.Empty(Run(storage, "Test-WorkdayExport -SettingsPath $folder/settings.json -BaselinePath $folder/b.json -UpdateBaseline").WithoutErrors().Output);
        Assert.Single(Run(storage, "Test-KohaMajorMapping -SettingsPath $folder/settings.json -Dead | Where-Object { $_.Term -eq 'Film' -and $_.Kind -eq 'Major' }").WithoutErrors().Output);
    }

    [Fact]
    public async Task Reports_of_the_librarys_own_are_found_by_their_names_and_read_as_CSV()
    {
        await using var storage = await FakeStorage.StartAsync();
        void Put(string name, string user, string written) => storage.State.Put(
            "campus", name, Encoding.UTF8.GetBytes($"Login;ID Nr;First;Last;Mail\n{user};1005512;Ana;Núñez;{user}@example.edu\n"), new JsonObject { ["timeCreated"] = written });

        // The newest counts, and not what is last in the alphabet or stored last.
        Put("feeds/Students_2.csv", "newest", "2026-08-20T12:00:00.000Z");
        Put("feeds/Students_10.csv", "older", "2026-08-12T12:00:00.000Z");
        Put("feeds/Students_9.csv", "oldest", "2026-08-01T12:00:00.000Z");
        Put("feeds/old/Students_3.csv", "elsewhere", "2026-09-01T12:00:00.000Z");
        Folder.Write("settings.json", """
            {"maximumAge": 36500, "exports": {"Student": {"file": "Students_*.csv", "fields": {
                "userName": "Login", "universalId": "ID Nr", "firstName": "First", "lastName": "Last", "email": "Mail"}}}}
            """);
        foreach (var address in new[] { "gs://campus/feeds/", "gs://campus/feeds" })
            Assert.Equal(["newest"], Run(storage, $"Get-WorkdayPatron {address} -SettingsPath $folder/settings.json").WithoutErrors().Each("UserName"));
        Run(storage, "Save-WorkdayExport gs://campus/feeds $folder/saved -SettingsPath $folder/settings.json").WithoutErrors();
        Assert.True(File.Exists(Folder["saved/Students_2.csv"]));
    }

    public static TheoryData<string> Breaks => ["Cut", "CutByReset", "Whole", "Bare", "Stall", "Text", "Reset", "Status"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_stream_that_breaks_goes_on_where_it_broke(string kind)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 300_001 }, new StorageFault(Enum.Parse<StorageFaultKind>(kind)) { After = 123_456 });
        var users = Run(storage, Read + " -TimeoutSec 1").WithoutErrors().Each("UserName");
        Assert.Equal(Enumerable.Range(0, People).Select(i => $"u{i}"), users);
        Assert.Contains(storage.Requests, request => request.Range == "bytes=300001-");
        Assert.All(storage.Requests.Where(request => request.Path.Contains("alt=media", StringComparison.Ordinal)), request => Assert.Contains("ifGenerationMatch=", request.Path));
    }

    [Fact]
    public async Task A_stream_cut_five_times_is_whole()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        storage.Faults.Add(new[] { 1, 7, 65_536, 100_000, 131_073 }.Select(after => new StorageFault(StorageFaultKind.Cut) { After = after }));
        Assert.Equal(People, Run(storage, Read).WithoutErrors().Output.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_object_that_is_overwritten_or_deleted_meanwhile_ends_the_load(bool overwritten)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        Folder.Write("patrons.csv", "as it was");
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 200_000 });
        storage.OnRequest = (_, _) =>
        {
            if (storage.Requests.Last().Range.Length == 0)
                return;
            if (overwritten)
                storage.State.Put("campus", "student_data.json", LargeExport);
            else
                storage.State.Delete("campus", "student_data.json");
        };
        var outcome = Run(storage, Read + Convert);
        Assert.StartsWith("StorageObjectOverwritten", outcome.Failure.FullyQualifiedErrorId);
        Assert.Equal("as it was", File.ReadAllText(Folder["patrons.csv"]));
    }

    [Fact]
    public async Task A_damaged_byte_ends_the_load_and_the_people_are_not_to_be_trusted()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        var inAName = Encoding.UTF8.GetString(LargeExport).IndexOf("u4000@", StringComparison.Ordinal);
        storage.Faults.Add(new StorageFault(StorageFaultKind.Corrupt) { After = inAName });
        var outcome = Run(storage, Read + Convert);
        Assert.StartsWith("StorageChecksumWrong", outcome.Failure.FullyQualifiedErrorId);
        Assert.Contains("Do not trust the people", outcome.Failure.ToString());
        Assert.False(File.Exists(Folder["patrons.csv"]));
        storage.Faults.Add(new StorageFault(StorageFaultKind.Corrupt) { After = inAName });
        var rows = Run(storage, "$rows = 0; try { " + Read + " | ConvertTo-KohaPatronCsv -End 2099-12-12 -WarningAction Ignore 6>$null | ForEach-Object { $rows++ } } catch { }; $rows");
        Assert.Equal(People, rows.Output[0].BaseObject);
    }

    [Theory]
    [InlineData("{\"username\"")]
    [InlineData("{")]
    public async Task A_damaged_byte_that_is_no_JSON_any_more_is_told_as_damage(string damaged)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        var text = Encoding.UTF8.GetString(LargeExport);
        // The last record, and the very first byte.
        storage.Faults.Add(new StorageFault(StorageFaultKind.Corrupt) { After = damaged == "{" ? 0 : text.LastIndexOf(damaged, StringComparison.Ordinal) });
        var outcome = Run(storage, Read + Convert);
        Assert.Equal(["StorageChecksumWrong"], outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.False(File.Exists(Folder["patrons.csv"]));
    }

    [Fact]
    public async Task What_is_stored_compressed_is_unzipped()
    {
        await using var storage = await FakeStorage.StartAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(LargeExport);
        storage.State.Put("campus", "student_data.json", zipped.ToArray(), contentEncoding: "gzip");
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = zipped.Length / 2 });
        Assert.Equal(People, Run(storage, Read).WithoutErrors().Output.Count);
    }

    [Fact]
    public async Task The_first_people_come_before_the_end_is_read()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        storage.Faults.Add(new StorageFault(StorageFaultKind.Stall) { After = 400_000 });
        // The rest never comes; who has enough does not wait for it.
        Assert.Equal(["u3"], Run(storage, $"foreach ($one in 1) {{ {Read} -TimeoutSec 600 | ForEach-Object {{ if ($_.UserName -eq 'u3') {{ $_; break }} }} }}").WithoutErrors().Each("UserName"));
    }

    [Theory]
    [InlineData("gs://campus/studnet_data.json", "StorageObjectNotFound", "there is student_data.json")]
    [InlineData("gs://campsu/student_data.json", "StorageBucketNotFound", "no bucket \"campsu\"")]
    [InlineData("gs://campus/empty/", "WorkdayExportNotFound", "expected student_data.json")]
    [InlineData("gs://campus/feedz", "StorageObjectNotFound", "there is feeds/")]
    [InlineData("gs://campus/feeds/", "WorkdayExportNotFound", "there is feeds/2026/")]
    [InlineData("gs://Campus/", "StorageAddressInvalid", "lower case")]
    public async Task What_is_not_there_is_named(string address, string id, string text)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", LargeExport);
        storage.State.Put("campus", "feeds/2026/student_data.json", LargeExport);
        var failure = Run(storage, $"Get-WorkdayPatron '{address}'").Failure;
        Assert.StartsWith(id, failure.FullyQualifiedErrorId);
        Assert.Contains(text, failure.ToString());
    }

    [Fact]
    public async Task Nothing_of_Googles_is_loaded_before_an_address_is_used()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", Encoding.UTF8.GetBytes(Export(Student("anunez", "1"))));
        Folder.Write("student_data.json", Export(Student("anunez", "1")));
        const string Loaded = "[AppDomain]::CurrentDomain.GetAssemblies().Where{ [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'KohaPatron' -and $_.GetName().Name -match '^(Google|Newtonsoft)' }.Count";
        using var process = PowerShellProcess.Start(
            $"$null = Get-WorkdayPatron '{Folder["student_data.json"]}'; {Loaded}; $null = {Read}; {Loaded} -gt 0",
            ("STORAGE_EMULATOR_HOST", storage.Root.ToString()));
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["0", "True"], said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task From_when_an_export_is_is_told_and_that_it_is_old()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "student_data.json", Encoding.UTF8.GetBytes(Export(Student("anunez", "1"))), new JsonObject { ["timeCreated"] = "2026-01-31T12:00:00.000Z" });
        var result = Run(storage, Read + " -Verbose").WithoutErrors();
        Assert.Contains("Reading gs://campus/student_data.json (of 2026-01-31)", result.Verbose);
        Assert.Contains("student_data.json is of 2026-01-31, more than 30 days ago.", Assert.Single(result.Warnings));
        Assert.Empty(Run(storage, Read + " -MaximumAge 36500").Warnings);
    }

    [Fact]
    public async Task What_a_console_obeys_in_a_name_is_not_in_a_message()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "red\u001B[31m\r\nline.json", LargeExport);
        var said = Run(storage, "Get-WorkdayPatron gs://campus/; Get-WorkdayPatron \"gs://campus/red`e.json\"").Errors.Select(error => error.ToString()).ToList();
        Assert.Equal(2, said.Count);
        Assert.Contains("there is red [31m line.json", said[0]);
        Assert.All(said, text => Assert.DoesNotContain(text, char.IsControl));
    }

    [Fact]
    public async Task A_service_that_is_down_is_an_error_with_its_address()
    {
        var storage = await FakeStorage.StartAsync();
        await storage.DisposeAsync();
        Assert.StartsWith("StorageUnreachable", Run(storage, Read).Failure.FullyQualifiedErrorId);
    }
}
