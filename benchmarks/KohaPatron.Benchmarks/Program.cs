using KohaPatron.Benchmarks;

// No argument: the table of times and the table of memory. The other forms are the child processes of the memory table.
switch (args)
{
    case []:
        LoadTable.Print();
        MemoryTable.Print();
        return 0;
    case ["time"]:
        LoadTable.Print();
        return 0;
    case ["memory"]:
        MemoryTable.Print();
        return 0;
    case ["peak", var what, var people]:
        Console.WriteLine(MemoryTable.PeakOf(what, int.Parse(people, System.Globalization.CultureInfo.InvariantCulture)));
        return 0;
    default:
        Console.Error.WriteLine("Usage: KohaPatron.Benchmarks [time | memory]");
        return 64;
}
