using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using KohaPatron.Core.Files;
using KohaPatron.Core.Koha;
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

/// <summary>
/// Tells the files of a load by what is in them: a name alone proves nothing, for other programs have parts, sources and
/// tables of patrons too. What it does not know for certain is something else.
/// </summary>
internal static class LoadFile
{
    private const int Enough = 16 * 1024;

    private static readonly string[] Columns = [.. KohaColumns.All.Select(column => column.Name)];

    private static readonly Regex TemporaryName = new(@"^\..+\.kohapatron\.tmp$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    private static readonly Regex BesideName = new(@"^\..+\.(source|\d+\.part)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadFileKind KindOf(string path)
    {
        var name = Path.GetFileName(path);
        if (FileLink.Is(path))
            return LoadFileKind.Link;
        if (TemporaryName.IsMatch(name))
            return LoadFileKind.Leftover;
        if (BesideName.IsMatch(name))
            return IsOfATransfer(StartOf(path), isPart: name.EndsWith(".part", StringComparison.Ordinal)) ? LoadFileKind.Leftover : LoadFileKind.Other;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSON" => IsExport(StartOf(path), hasTheName: WorkdayExportFile.TypeOf(path) is not null) ? LoadFileKind.Export : LoadFileKind.Other,
            ".JSONL" => IsJournal(StartOf(path)) ? LoadFileKind.Journal : LoadFileKind.Other,
            ".CSV" => KindOfTable(StartOf(path)),
            _ => LoadFileKind.Other,
        };
    }

    /// <summary>What Save-WorkdayExport keeps beside a file: a part of what it fetches, or where the file came from.</summary>
    private static bool IsOfATransfer(string start, bool isPart) => isPart
        ? IsExport(start, hasTheName: true) || KindOfTable(start) != LoadFileKind.Other
        : start.Contains("\"source\":\"gs://") && start.Contains("\"crc32c\":");

    /// <summary>Other reports of Workday are made alike, so an export of another name must have the fields of people.</summary>
    private static bool IsExport(string start, bool hasTheName) =>
        (start.Contains("\"Report_Entry\"") || start.TrimStart(' ', '\r', '\n', '\t').StartsWith("[", StringComparison.Ordinal))
        && (hasTheName || (start.Contains("\"username\"") && start.Contains("\"universal_id\"")));

    private static bool IsJournal(string start) => start.Contains("\"PatronId\":") && start.Contains("\"Step\":");

    private static LoadFileKind KindOfTable(string start)
    {
        foreach (var line in start.Split('\n').Take(10))
        {
            string[] columns = [.. line.Split(',').Select(column => column.Trim(' ', '"', '\r'))];
            if (columns.Contains("Universal ID", StringComparer.OrdinalIgnoreCase) && columns.Contains("Prox ID", StringComparer.OrdinalIgnoreCase))
                return LoadFileKind.ProxReport;
            if (columns.SequenceEqual(Columns))
                return LoadFileKind.ImportFile;
        }

        return LoadFileKind.Other;
    }

    /// <summary>The first characters, unzipped; a part may end in the middle.</summary>
    private static string StartOf(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isZipped = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        using var content = isZipped ? new GZipStream(stream, CompressionMode.Decompress) : (Stream)stream;
        var bytes = new byte[Enough];
        var length = 0;
        try
        {
            while (length < bytes.Length && content.Read(bytes, length, bytes.Length - length) is > 0 and var read)
                length += read;
        }
        catch (InvalidDataException)
        {
            // What came before the damage is enough to know it.
        }

        using var text = new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return text.ReadToEnd();
    }
}
