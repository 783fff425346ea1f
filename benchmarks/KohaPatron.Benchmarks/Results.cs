using System.Globalization;

namespace KohaPatron.Benchmarks;

/// <summary>A page of tables, a section for each benchmark: a run replaces its own section and leaves the others.</summary>
internal static class Results
{
    private const string Title = "# Benchmarks";

    private static readonly string Introduction = string.Join('\n',
    [
        Title,
        string.Empty,
        "Written by `dotnet run -c Release --project benchmarks/KohaPatron.Benchmarks -- NAME`; each run replaces its section. People are invented. Times on a machine that does other things too are longer.",
    ]);

    /// <summary>Prints a section and keeps it in benchmarks/results.md.</summary>
    public static void Write(string heading, params IEnumerable<string> lines)
    {
        var body = string.Join('\n', [$"## {heading}", string.Empty, $"{Environment.ProcessorCount} cores, {System}, {Today}.", string.Empty, .. lines]);
        Console.WriteLine(body);
        var old = File.Exists(Places.Results) ? File.ReadAllText(Places.Results).TrimEnd() : Introduction;
        var sections = old.Split("\n\n## ").Skip(1).Select(section => "## " + section).ToList();
        var at = sections.FindIndex(section => section.StartsWith($"## {heading}\n", StringComparison.Ordinal));
        if (at < 0)
            sections.Add(body);
        else
            sections[at] = body;
        File.WriteAllText(Places.Results, string.Join("\n\n", [Introduction, .. sections]) + "\n");
    }

    /// <summary>A table of markdown: its head, then its rows.</summary>
    public static IEnumerable<string> Table(string[] head, IEnumerable<string[]> rows)
    {
        yield return Row(head);
        yield return Row([.. head.Select((_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in rows)
            yield return Row(row);
    }

    public static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string System => OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux";

    private static string Today => TimeProvider.System.GetLocalNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";
}
