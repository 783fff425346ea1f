using System.Text;

namespace KohaPatron.NetFramework;

/// <summary>
/// The module's jobs on .NET Framework without PowerShell: Core and everything under it are loaded from the packaged module's
/// folder, as in Windows PowerShell 5.1, and from nowhere else.
/// </summary>
internal static class Program
{
    private const string Usage = """
        Usage, each after the module's folder:
          load <exports: folder or gs:// address> <prox.csv> <end> <enrolled on> <settings.json> <out.csv>
          koha <API root> <key id> <user id>      (the key's secret on stdin)
        Days are written year-month-day.
        """;

    public static int Main(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine(Usage);
            return 64;
        }

        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // Before any method that names a type of Core is compiled.
        ModuleFolder.Use(args[0]);
        return Run(args);
    }

    private static int Run(string[] args)
    {
        switch (args.Skip(1).ToArray())
        {
            case ["load", var exports, var prox, var end, var enrolledOn, var settings, var file]:
                LoadJob.Run(exports, prox, end, enrolledOn, settings, file);
                break;
            case ["koha", var root, var key, var userId]:
                KohaJob.Run(root, key, Console.ReadLine() ?? string.Empty, userId);
                break;
            default:
                Console.Error.WriteLine(Usage);
                return 64;
        }

        foreach (var assembly in ModuleFolder.LoadedFromElsewhere())
            Console.WriteLine($"From elsewhere: {assembly}");
        return 0;
    }
}
