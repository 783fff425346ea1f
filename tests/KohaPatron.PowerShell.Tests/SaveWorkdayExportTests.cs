using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>Save-WorkdayExport: the right file whole, or the old one and a clear error.</summary>
public sealed class SaveWorkdayExportTests : StorageTest
{
    private const string Save = "Save-WorkdayExport gs://campus/feeds $folder -TimeoutSec 1";

    private string Saved => Folder["student_data.json"];

    [Fact]
    public async Task Files_come_under_their_own_names_for_their_owner_alone()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        storage.State.Put("campus", "feeds/employee_data.json", "[]"u8.ToArray());
        var result = Run(storage, "Save-WorkdayExport gs://campus/feeds/ $folder/new -PassThru").WithoutErrors();
        Assert.Equal(["employee_data.json", "student_data.json"], result.Each("Name").Order());
        Assert.Equal(LargeExport, File.ReadAllBytes(Folder["new/student_data.json"]));
        foreach (var file in Directory.EnumerateFiles(Folder["new"]))
        {
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Only_what_is_newer_is_fetched()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        int Fetched(string more = "")
        {
            storage.Requests.Clear();
            Run(storage, Save + more).WithoutErrors();
            return storage.Requests.Count(request => request.Path.Contains("alt=media", StringComparison.Ordinal));
        }

        Assert.Equal(1, Fetched());
        Assert.Equal(0, Fetched());
        Assert.Contains(storage.Requests, request => request.Path.Contains("ifGenerationNotMatch=", StringComparison.Ordinal));
        Assert.Equal(1, Fetched(" -Force"));
        File.AppendAllText(Saved, " ");
        Assert.Equal(1, Fetched());
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Assert.Equal(1, Fetched());
        File.Delete(Saved);
        Assert.Equal(1, Fetched());
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
    }

    [Fact]
    public async Task A_saved_file_is_as_old_as_the_export()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", Encoding.UTF8.GetBytes(Export(Student("anunez", "1"))), new JsonObject { ["timeCreated"] = "2026-01-31T12:00:00.000Z" });
        Run(storage, Save).WithoutErrors();
        Assert.Equal(new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc), File.GetLastWriteTimeUtc(Saved));
        Assert.Contains("of 2026-01-31", Assert.Single(Run("Get-WorkdayPatron $folder/student_data.json").WithoutErrors().Warnings));
    }

    [Theory]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59-23:00")]
    [InlineData("yesterday")]
    public async Task A_date_that_no_file_can_have_keeps_nothing_from_being_saved(string date)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport, new JsonObject { ["timeCreated"] = date });
        Run(storage, Save).WithoutErrors();
        Assert.Equal(DateTime.UtcNow.Date.Year, File.GetLastWriteTimeUtc(Saved).Year);
    }

    [Fact]
    public async Task An_empty_object_never_replaces_a_file()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", []);
        Folder.Write("student_data.json", "as it was");
        Assert.StartsWith("StorageObjectEmpty", Assert.Single(Run(storage, Save).Errors).FullyQualifiedErrorId);
        Assert.Equal("as it was", File.ReadAllText(Saved));
        Assert.Equal(["student_data.json"], Names());
    }

    [Fact]
    public async Task WhatIf_fetches_nothing()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Run(storage, Save + " -WhatIf").WithoutErrors();
        Assert.Empty(Directory.EnumerateFiles(Folder.Path));
        Assert.DoesNotContain(storage.Requests, request => request.Path.Contains("alt=media", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_transfer_cut_at_any_bytes_is_whole()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        storage.Faults.Add(new[] { 1, 130_000, 17, 65_535, 300_000 }.Select((after, i) => new StorageFault(i % 2 == 0 ? StorageFaultKind.Cut : StorageFaultKind.CutByReset) { After = after }));
        storage.Faults.Add(new StorageFault(StorageFaultKind.Stall) { After = 10 });
        Run(storage, Save).WithoutErrors();
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700_000)]
    public async Task A_run_that_was_killed_is_taken_up_again(int after)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        storage.Faults.Add(new StorageFault(StorageFaultKind.Stall) { After = after });
        await KillAsync(storage, after);
        Assert.False(File.Exists(Saved));
        storage.Requests.Clear();
        Run(storage, Save).WithoutErrors();
        Assert.Equal(SHA256.HashData(LargeExport), SHA256.HashData(await File.ReadAllBytesAsync(Saved, TestContext.Current.CancellationToken)));
        Assert.Equal($"bytes={after}-", Assert.Single(storage.Requests, request => request.Path.Contains("alt=media", StringComparison.Ordinal)).Range);
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Fact]
    public async Task A_transfer_cut_five_times_and_killed_once_is_whole()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        storage.Faults.Add(new[] { 100_000, 1, 65_537 }.Select(after => new StorageFault(StorageFaultKind.Cut) { After = after }));
        storage.Faults.Add(new StorageFault(StorageFaultKind.Stall) { After = 70_001 });
        await KillAsync(storage, 235_539);
        Assert.False(File.Exists(Saved));
        storage.Requests.Clear();
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 17 }, new StorageFault(StorageFaultKind.CutByReset) { After = 300_000 });
        using var process = Start(storage);
        Assert.Equal("", await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(SHA256.HashData(LargeExport), SHA256.HashData(await File.ReadAllBytesAsync(Saved, TestContext.Current.CancellationToken)));
        var parts = storage.Requests.Where(request => request.Path.Contains("alt=media", StringComparison.Ordinal)).Select(request => request.Range).ToList();
        Assert.Equal(["bytes=235539-", "bytes=235556-"], parts.Take(2));
        Assert.Equal(3, parts.Count);
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Fact]
    public async Task What_a_killed_run_left_of_an_older_object_is_of_no_use()
    {
        await using var storage = await FakeStorage.StartAsync();
        Folder.Write(".student_data.json.12.part", "old");
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Run(storage, Save).WithoutErrors();
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Fact]
    public async Task What_another_run_is_fetching_is_left_alone_however_alike_the_names_are()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Folder.Write(".student_data.json.old.12.part", "of student_data.json.old");
        Run(storage, Save).WithoutErrors();
        Assert.Equal("of student_data.json.old", File.ReadAllText(Folder[".student_data.json.old.12.part"]));
    }

    [Fact]
    public async Task A_part_that_is_damaged_on_disk_is_noticed()
    {
        await using var storage = await FakeStorage.StartAsync();
        var generation = storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Folder.Write($".student_data.json.{generation}.part", new string('x', 5000));
        Run(storage, Save).WithoutErrors();
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
    }

    [Fact]
    public async Task A_wrong_checksum_is_never_left_at_the_destination()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Folder.Write("student_data.json", "as it was");
        storage.Faults.Add(Enumerable.Range(0, 3).Select(i => new StorageFault(StorageFaultKind.Corrupt) { After = i * 1000 }));
        Assert.StartsWith("StorageChecksumWrong", Run(storage, Save).Failure.FullyQualifiedErrorId);
        Assert.Equal("as it was", File.ReadAllText(Saved));
        Assert.Equal(["student_data.json"], Names());
        storage.Faults.Add(new StorageFault(StorageFaultKind.Corrupt) { After = 5 });
        Run(storage, Save).WithoutErrors();
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
    }

    [Fact]
    public async Task An_answer_that_is_not_the_services_never_replaces_a_file()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Folder.Write("student_data.json", "as it was");
        storage.Faults.Add(new StorageFault(StorageFaultKind.Text) { Text = "{}", Path = "student_data" });
        Assert.StartsWith("StorageNotAnApi", Run(storage, "Save-WorkdayExport gs://campus/feeds/student_data.json $folder").Failure.FullyQualifiedErrorId);
        Assert.Equal("as it was", File.ReadAllText(Saved));
        Assert.Equal(["student_data.json"], Names());
    }

    [Fact]
    public async Task An_object_that_is_overwritten_meanwhile_is_begun_anew()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        var other = Encoding.UTF8.GetBytes(Export(Student("new", "1")));
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 200_000 });
        storage.OnRequest = (_, path) =>
        {
            if (storage.Requests.Last().Range.Length > 0 && path.Contains("alt=media", StringComparison.Ordinal))
                storage.State.Put("campus", "feeds/student_data.json", other);
        };
        Run(storage, Save).WithoutErrors();
        Assert.Equal(other, File.ReadAllBytes(Saved));
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Fact]
    public async Task What_is_stored_compressed_is_verified_and_then_unzipped()
    {
        await using var storage = await FakeStorage.StartAsync();
        using var zipped = new MemoryStream();
        await using (var gzip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(LargeExport);
        storage.State.Put("campus", "feeds/student_data.json", zipped.ToArray(), contentEncoding: "gzip");
        storage.Faults.Add(new StorageFault(StorageFaultKind.Cut) { After = 1000 });
        Run(storage, Save).WithoutErrors();
        Assert.Equal(LargeExport, File.ReadAllBytes(Saved));
        storage.Requests.Clear();
        Run(storage, Save).WithoutErrors();
        Assert.DoesNotContain(storage.Requests, request => request.Path.Contains("alt=media", StringComparison.Ordinal));
        Assert.Equal([".student_data.json.source", "student_data.json"], Names());
    }

    [Theory]
    [InlineData("H4sIAAAAAAAAAwMAAAAAAAAAAAA=", "StorageObjectEmpty")]
    [InlineData("H4sIAAAAAAAAAwM=", "StorageGzipBroken")]
    public async Task What_is_stored_compressed_and_empty_or_cut_never_replaces_a_file(string zipped, string id)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", Convert.FromBase64String(zipped), contentEncoding: "gzip");
        Folder.Write("student_data.json", "as it was");
        Assert.StartsWith(id, Assert.Single(Run(storage, Save).Errors).FullyQualifiedErrorId);
        Assert.Equal("as it was", File.ReadAllText(Saved));
        Assert.Equal(["student_data.json"], Names());
    }

    [Fact]
    public async Task A_type_that_is_asked_for_and_missing_is_an_error_and_the_others_come()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        var result = Run(storage, Save + " -Type Student, Employee");
        Assert.StartsWith("StorageObjectNotFound", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.True(File.Exists(Saved));
    }

    [Fact]
    public async Task A_source_elsewhere_or_none_is_an_error()
    {
        await using var storage = await FakeStorage.StartAsync();
        Folder.Write("settings.json", "{}");
        Assert.StartsWith("StorageSourceNotAddress", Run(storage, "Save-WorkdayExport $folder $folder").Failure.FullyQualifiedErrorId);
        Assert.StartsWith("StorageNoSource", Run(storage, "Save-WorkdayExport -Destination $folder -SettingsPath $folder/settings.json").Failure.FullyQualifiedErrorId);
    }

    [Fact]
    public async Task An_export_of_another_type_than_asked_for_is_left()
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        var result = Run(storage, "Save-WorkdayExport gs://campus/feeds/student_data.json $folder -Type Employee").WithoutErrors();
        Assert.Contains("student_data.json holds people of the type Student", Assert.Single(result.Warnings));
        Assert.False(File.Exists(Saved));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("file/within")]
    [InlineData("folder")]
    public async Task A_place_that_cannot_be_written_is_named_and_nothing_else_is_blamed(string place)
    {
        await using var storage = await FakeStorage.StartAsync();
        storage.State.Put("campus", "feeds/student_data.json", LargeExport);
        Folder.Write("file", "as it was");
        Directory.CreateDirectory(Folder["folder/student_data.json"]);
        var failure = Run(storage, $"Save-WorkdayExport gs://campus/feeds $folder/{place}").Failure;
        Assert.StartsWith("StorageCannotWrite", failure.FullyQualifiedErrorId);
        Assert.Contains(Folder[place], failure.ToString());
        Assert.Equal("as it was", File.ReadAllText(Folder["file"]));
    }

    /// <summary>A process of its own that saves the export.</summary>
    private Process Start(FakeStorage storage) => PowerShellProcess.Start($"Save-WorkdayExport gs://campus/feeds '{Folder.Path}'", ("STORAGE_EMULATOR_HOST", storage.Root.ToString()));

    /// <summary>Saves, and is killed when so many bytes are there.</summary>
    private async Task KillAsync(FakeStorage storage, long after)
    {
        using var process = Start(storage);
        await UntilAsync(() => Directory.EnumerateFiles(Folder.Path, "*.part").Any(part => new FileInfo(part).Length == after));
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private List<string> Names() => [.. Directory.EnumerateFiles(Folder.Path).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 300 && !condition(); i++)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
