using System.Globalization;
using KohaPatron.Fakes.Koha;

// A Koha to rehearse with: the patrons live in memory and are gone at the end.
if (args is not ["koha", .. var rest])
    return Usage();

var options = new FakeKohaOptions();
for (var i = 0; i < rest.Length; i++)
{
    switch (rest[i])
    {
        case "--port" when i + 1 < rest.Length:
            options = options with { Port = int.Parse(rest[++i], CultureInfo.InvariantCulture) };
            break;
        case "--seed" when i + 1 < rest.Length:
            options = options with { SeedPath = rest[++i] };
            break;
        case "--delay" when i + 1 < rest.Length:
            options = options with { Delay = TimeSpan.FromMilliseconds(int.Parse(rest[++i], CultureInfo.InvariantCulture)) };
            break;
        case "--new":
            options = options with { IsNew = true };
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

static int Usage()
{
    Console.Error.WriteLine("Usage: KohaPatron.Fakes koha [--port N] [--seed file.json] [--delay milliseconds] [--new]");
    return 64;
}
