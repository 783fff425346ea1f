namespace KohaPatron.Host;

/// <summary>What to run: a command, or a script with its arguments.</summary>
internal sealed record CommandLine(string? Command, string? File, IReadOnlyList<string> Arguments)
{
    public const string Usage = """
        Usage:
          koha-patron -Command "<PowerShell commands>"
          koha-patron -File <script.ps1> [arguments of the script]

        Runs the commands in the PowerShell engine with the module KohaPatron loaded.
        Exit code: 0 done, 1 an error was written or the run was stopped, 64 a wrong command line;
        "exit N" in a script gives N.
        """;

    /// <summary>Reads the arguments; null and no problem: help was asked for.</summary>
    public static bool TryParse(string[] args, out CommandLine? command, out string? problem)
    {
        command = null;
        problem = null;
        switch (args)
        {
            case []:
            case ["-?" or "-h" or "-Help" or "--help", ..]:
                return true;
            case [var option, .. { Length: > 0 } words] when Is(option, "Command", 'c'):
                command = new CommandLine(string.Join(" ", words), null, []);
                return true;
            case [var option, var file, .. var rest] when Is(option, "File", 'f'):
                command = new CommandLine(null, file, rest);
                return true;
            case [var option] when Is(option, "Command", 'c') || Is(option, "File", 'f'):
                problem = $"koha-patron: {option} needs a value.";
                return false;
            default:
                problem = $"koha-patron: unknown option \"{args[0]}\".";
                return false;
        }
    }

    private static bool Is(string option, string name, char initial) =>
        string.Equals(option.TrimStart('-'), name, StringComparison.OrdinalIgnoreCase) || option == $"-{initial}";
}
