using System.Text;
using System.Text.RegularExpressions;
using KohaPatron.Core.Files;
using KohaPatron.Core.Workday;

namespace KohaPatron.Core.Cleanup;

/// <summary>What a file of a load is.</summary>
internal enum LoadFileKind
{
    /// <summary>Something else, or nothing that holds people.</summary>
    Other,

    /// <summary>A Workday export, or people of one that Koha does not have (-MissingPath).</summary>
    Export,

    /// <summary>A prox report.</summary>
    ProxReport,

    /// <summary>An import file for Koha.</summary>
    ImportFile,

    /// <summary>What a transfer or a killed run left, or keeps beside a file.</summary>
    Leftover,

    /// <summary>The record of card numbers that were changed: Undo-KohaProxNumber needs it.</summary>
    Journal,

    /// <summary>A link to a file elsewhere: without it the people would still be there.</summary>
    Link,
}

/// <summary>Tells the files of a load by their names and first lines; what it does not know for certain is something else.</summary>
internal static class LoadFile
{
    private const int Enough = 16 * 1024;

    private static readonly Regex LeftoverName = new(@"^\..+\.(kohapatron\.tmp|source|\d+\.part)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadFileKind KindOf(string path)
    {
        var name = Path.GetFileName(path);
        if (FileLink.Is(path))
            return LoadFileKind.Link;
        if (LeftoverName.IsMatch(name))
            return LoadFileKind.Leftover;
        if (WorkdayExportFile.TypeOf(path) is not null)
            return LoadFileKind.Export;
        var start = StartOf(path);
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSON" => IsExport(start) ? LoadFileKind.Export : LoadFileKind.Other,
            ".JSONL" => start.Contains("\"PatronId\":") && start.Contains("\"Step\":") ? LoadFileKind.Journal : LoadFileKind.Other,
            ".CSV" => KindOfTable(start),
            _ => LoadFileKind.Other,
        };
    }

    private static bool IsExport(string start) => start.Contains("\"Report_Entry\"")
        || (start.TrimStart('\uFEFF', ' ', '\r', '\n', '\t').StartsWith("[", StringComparison.Ordinal) && start.Contains("\"username\"") && start.Contains("\"universal_id\""));

    private static LoadFileKind KindOfTable(string start)
    {
        foreach (var line in start.Split('\n').Take(10))
        {
            var columns = new HashSet<string>(line.Split(',').Select(column => column.Trim(' ', '"', '\r', '\uFEFF')), StringComparer.OrdinalIgnoreCase);
            if (columns.Contains("Universal ID") && columns.Contains("Prox ID"))
                return LoadFileKind.ProxReport;
            if (columns.Contains("surname") && columns.Contains("categorycode") && (columns.Contains("userid") || columns.Contains("cardnumber")))
                return LoadFileKind.ImportFile;
        }

        return LoadFileKind.Other;
    }

    private static string StartOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[Enough];
        var length = 0;
        while (length < bytes.Length && stream.Read(bytes, length, bytes.Length - length) is > 0 and var read)
            length += read;
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
