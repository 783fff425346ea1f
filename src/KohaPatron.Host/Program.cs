using System.Reflection;

namespace KohaPatron.Host;

/// <summary>koha-patron: the PowerShell engine with the module loaded, for machines that have .NET but no PowerShell.</summary>
internal static class Program
{
    public static int Main(string[] args)
    {
        if (!CommandLine.TryParse(args, out var command, out var problem))
        {
            Console.Error.WriteLine(problem);
            Console.Error.WriteLine(CommandLine.Usage);
            return ExitCode.Usage;
        }

        if (command is null)
        {
            Console.WriteLine(CommandLine.Usage);
            return ExitCode.Success;
        }

        var manifest = ModuleManifest();
        if (!File.Exists(manifest))
        {
            Console.Error.WriteLine($"koha-patron: the module is not at {manifest}. Build the solution first: dotnet build");
            return ExitCode.Usage;
        }

        using var session = new Session(manifest);
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            session.Stop();
        };
        return session.Run(command);
    }

    /// <summary>The module beside the program, as it is packaged, or else where the build laid it.</summary>
    private static string ModuleManifest()
    {
        var beside = Path.Combine(AppContext.BaseDirectory, "KohaPatron", "KohaPatron.psd1");
        return File.Exists(beside)
            ? beside
            : typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "ModuleManifest").Value!;
    }
}

/// <summary>What the program's exit code means.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Success = 0;

    /// <summary>An error was written, or the run was stopped.</summary>
    public const int Errors = 1;

    /// <summary>The command line could not be understood; nothing was run.</summary>
    public const int Usage = 64;
}
