using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using KohaPatron.Fakes.Koha;
using KohaPatron.Fakes.Storage;

namespace KohaPatron.PowerShell.Tests;

/// <summary>
/// The build for Windows PowerShell 5.1 on .NET Framework, or on the nearest thing to it, mono: everything is loaded from the
/// module's folder by the module's own resolver.
/// </summary>
public sealed class NetFrameworkTests : IDisposable
{
    private const string OnlyFromTheModule = "From elsewhere";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_examples_give_the_golden_file_byte_for_byte()
    {
        var result = Load(Places.Examples, emulator: null);
        Assert.StartsWith("538 rows, 36 left out", result);
        Golden.Check("patrons-2023.csv", File.ReadAllBytes(_folder["out.csv"]));
    }

    [Fact]
    public async Task Exports_stream_from_Cloud_Storage_unzipped_to_the_last_member()
    {
        await using var storage = await FakeStorage.StartAsync();
        foreach (var export in Directory.GetFiles(Places.Examples, "*_data.json"))
            storage.State.Put("exports", Path.GetFileName(export), InTwoMembers(File.ReadAllBytes(export)), contentEncoding: "gzip");
        Load("gs://exports/", storage.Root.ToString());
        Golden.Check("patrons-2023.csv", File.ReadAllBytes(_folder["out.csv"]));
    }

    [Fact]
    public async Task Koha_is_signed_in_to_and_asked()
    {
        await using var koha = await FakeKoha.StartAsync();
        var result = Run(emulator: null, "secret-editor", "koha", koha.ApiRoot.ToString(), "client-editor", "alovelace@example.edu");
        Assert.Equal("CanWrite: True\nPatron: 5 alovelace@example.edu\n", result.ReplaceLineEndings("\n"));
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] InTwoMembers(byte[] content)
    {
        using var zipped = new MemoryStream();
        foreach (var part in content.Chunk((content.Length / 2) + 1))
        {
            using var member = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true);
            member.Write(part);
        }

        return zipped.ToArray();
    }

    private string Load(string exports, string? emulator) => Run(
        emulator, "", "load", exports, Path.Combine(Places.Examples, "prox.csv"), "2023-12-12", "2023-08-24", Path.Combine(Places.Examples, "koha-patron.json"), _folder["out.csv"]);

    /// <summary>Runs a job to its end; gives what it wrote, and fails where anything was loaded that is not the module's.</summary>
    private static string Run(string? emulator, string input, params string[] job)
    {
        var program = typeof(NetFrameworkTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "NetFrameworkProgram").Value!;
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(program) : new ProcessStartInfo("mono") { ArgumentList = { program } };
        start.ArgumentList.Add(Path.GetDirectoryName(Places.ModuleManifest)!);
        foreach (var argument in job)
            start.ArgumentList.Add(argument);
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["STORAGE_EMULATOR_HOST"] = emulator;
        using var process = Start(start);
        process.StandardInput.WriteLine(input);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var error = errors.GetAwaiter().GetResult();
        if (error.Contains("Could not load file or assembly 'netstandard,", StringComparison.Ordinal) && !OperatingSystem.IsWindows())
            Assert.Skip("This mono has no netstandard library (mono-devel brings it).");
        Assert.True(process.ExitCode == 0, error);
        Assert.DoesNotContain(OnlyFromTheModule, output);
        return output;
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception) when (!OperatingSystem.IsWindows())
        {
            Assert.Skip("mono is not installed.");
            throw;
        }
    }
}
