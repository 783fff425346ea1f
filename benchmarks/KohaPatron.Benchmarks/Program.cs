using KohaPatron.Benchmarks.Import;
using KohaPatron.Benchmarks.Koha;
using KohaPatron.Benchmarks.Load;
using KohaPatron.Benchmarks.Storage;

switch (args)
{
    case []:
        ProcessTable.Write();
        WarmTable.Write();
        break;
    case ["process"]:
        ProcessTable.Write();
        break;
    case ["warm"]:
        WarmTable.Write();
        break;
    case ["koha"]:
        await SyncBenchmark.WriteAsync();
        break;
    case ["memory"]:
        MemoryBenchmark.Write();
        break;
    case ["storage"]:
        StorageBenchmark.Write();
        break;
    case ["import"]:
        ImportBenchmark.Write();
        break;
    // Three forms for the processes that the benchmarks start.
    case [MemoryBenchmark.ServeForm, var people]:
        await ReckonedKoha.ServeAsync(int.Parse(people, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case [StorageBenchmark.ServeForm, var file]:
        StorageBenchmark.Serve(file);
        break;
    case [ImportBenchmark.OnceForm, var module]:
        ImportBenchmark.MeasureOnce(module);
        break;
    default:
        Console.Error.WriteLine("""
            Usage: KohaPatron.Benchmarks [process | warm | koha | memory | storage | import]
              process   the whole process of a load, beside a script without the module and an empty PowerShell
              warm      the load and its stages in a session that has loaded before, and the floor
                        (these two are run when nothing is named)
              koha      look-ups and a card sync over a Koha that takes 50 ms for each answer
              memory    what comparing and renewing whole records hold, up to 100,000 people
              storage   500 MB from Cloud Storage, beside the same from disk
              import    Import-Module, beside an empty module
            """);
        return 64;
}

return 0;
