using System.Globalization;
using KohaPatron.Fakes.Koha;
using KohaPatron.Fakes.Storage;

// Servers to rehearse with: what they know lives in memory and is gone at the end.
return args switch
{
    ["koha", .. var rest] => await RunKohaAsync(rest),
    ["storage", .. var rest] => await RunStorageAsync(rest),
    _ => Usage(),
};

static async Task<int> RunKohaAsync(string[] args)
{
    var options = new FakeKohaOptions();
    for (var i = 0; i < args.Length; i++)
    {
        switch (args[i])
        {
            case "--port" when i + 1 < args.Length:
                options = options with { Port = int.Parse(args[++i], CultureInfo.InvariantCulture) };
                break;
            case "--seed" when i + 1 < args.Length:
                options = options with { SeedPath = args[++i] };
                break;
            case "--delay" when i + 1 < args.Length:
                options = options with { Delay = TimeSpan.FromMilliseconds(int.Parse(args[++i], CultureInfo.InvariantCulture)) };
                break;
            case "--version" when i + 1 < args.Length && KohaVersion.All.FirstOrDefault(version => version.Name == args[i + 1]) is { } version:
                options = options with { Version = version };
                i++;
                break;
            case "--narrow-keys":
                options = options with { HasNarrowKeys = true };
                break;
            default:
                return Usage();
        }
    }

    await using var koha = await FakeKoha.StartAsync(options);
    Console.WriteLine($"Koha's REST API at {koha.ApiRoot}");
    Console.WriteLine("Client id and secret: client-editor, secret-editor. Ctrl+C ends it.");
    await koha.WaitForShutdownAsync();
    return 0;
}

static async Task<int> RunStorageAsync(string[] args)
{
    var (port, folder) = (0, ".");
    for (var i = 0; i < args.Length; i++)
    {
        switch (args[i])
        {
            case "--port" when i + 1 < args.Length:
                port = int.Parse(args[++i], CultureInfo.InvariantCulture);
                break;
            case "--folder" when i + 1 < args.Length:
                folder = args[++i];
                break;
            default:
                return Usage();
        }
    }

    await using var storage = await FakeStorage.StartAsync(new FakeStorageOptions { Port = port });
    foreach (var file in Directory.EnumerateFiles(folder))
        storage.State.PutFile("exports", Path.GetFileName(file), Path.GetFullPath(file));
    Console.WriteLine($"Cloud Storage at {storage.Root}, for STORAGE_EMULATOR_HOST; the files of {Path.GetFullPath(folder)} as gs://exports/. Ctrl+C ends it.");
    await storage.WaitForShutdownAsync();
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine("Usage: KohaPatron.Fakes koha [--port N] [--seed file.json] [--delay milliseconds] [--version 23.05|25.06|newest] [--narrow-keys]");
    Console.Error.WriteLine("       KohaPatron.Fakes storage [--port N] [--folder path]");
    return 64;
}
