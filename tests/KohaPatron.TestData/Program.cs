using KohaPatron.TestData;

if (args.Length != 1)
{
    Console.Error.WriteLine("Usage: KohaPatron.TestData <folder>   writes the example exports and prox report there");
    return 64;
}

ExampleFiles.Write(args[0]);
return 0;
