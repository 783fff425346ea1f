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

    /// <summary>An export, of Workday or as the settings name it, or people of one that Koha does not have (-MissingPath).</summary>
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
    private static readonly Regex BesideName = new(@"^\.(?<name>.+)\.(source|(?<part>\d+\.part))$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <param name="path">The file.</param>
    /// <param name="layouts">What the library's exports are called, and how they are written.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoadFileKind KindOf(string path, ExportLayouts layouts)
    {
        var name = Path.GetFileName(path);
        if (FileLink.Is(path))
            return LoadFileKind.Link;
        if (TemporaryName.IsMatch(name))
            return LoadFileKind.Leftover;
        if (BesideName.Match(name) is { Success: true } beside)
            return IsOfATransfer(StartOf(path), beside, layouts) ? LoadFileKind.Leftover : LoadFileKind.Other;
        if (IsNamedIn(layouts, name) && IsExportOf(layouts, name, StartOf(path)))
            return LoadFileKind.Export;
        return Path.GetExtension(name).ToUpperInvariant() switch
        {
            ".JSON" => IsExport(Text(StartOf(path)), hasTheName: WorkdayExportFile.TypeOf(path) is not null) ? LoadFileKind.Export : LoadFileKind.Other,
            ".JSONL" => IsJournal(Text(StartOf(path))) ? LoadFileKind.Journal : LoadFileKind.Other,
            ".CSV" => KindOfTable(Text(StartOf(path))),
            _ => LoadFileKind.Other,
        };
    }

    /// <summary>What Save-WorkdayExport keeps beside a file: a part of what it fetches, or where the file came from.</summary>
    private static bool IsOfATransfer(byte[] start, Match beside, ExportLayouts layouts)
    {
        var text = Text(start);
        return beside.Groups["part"].Success
            ? IsExport(text, hasTheName: true) || KindOfTable(text) != LoadFileKind.Other || IsExportOf(layouts, beside.Groups["name"].Value, start)
            : text.Contains("\"source\":\"gs://") && text.Contains("\"crc32c\":");
    }

    private static bool IsNamedIn(ExportLayouts layouts, string name) => layouts.TypeOf(name) is { } type && layouts.Of(type).File is not null;

    /// <summary>Whether a file that the settings name is read as what they say: somebody in it has a user name and a universal ID.</summary>
    private static bool IsExportOf(ExportLayouts layouts, string name, byte[] start) =>
        IsNamedIn(layouts, name)
        && WorkdayExportReader.Read(new MemoryStream(start), new WorkdayExport(name, layouts.TypeOf(name)) { Layouts = layouts })
            .SelectMany(batch => batch)
            .Any(item => item.Person is { UserName.Length: > 0, UniversalId.Length: > 0 });

    /// <summary>Other reports of Workday are made alike, so an export of another name must have the fields of people.</summary>
    private static bool IsExport(string start, bool hasTheName) =>
        (start.Contains("\"Report_Entry\"") || start.TrimStart(' ', '\r', '\n', '\t').StartsWith("[", StringComparison.Ordinal))
        && (hasTheName || (start.Contains("\"username\"") && start.Contains("\"universal_id\"")));

    private static bool IsJournal(string start) => start.Contains("\"PatronId\":") && start.Contains("\"Step\":");

    private static LoadFileKind KindOfTable(string start)
    {
        var separator = CsvSeparator.Of(start, column => string.Equals(column, "Universal ID", StringComparison.OrdinalIgnoreCase)) ?? ',';
        foreach (var line in start.Split('\n').Take(10))
        {
            string[] columns = [.. line.Split(separator).Select(column => column.Trim(' ', '"', '\r'))];
            if (columns.Contains("Universal ID", StringComparer.OrdinalIgnoreCase) && columns.Contains("Prox ID", StringComparer.OrdinalIgnoreCase))
                return LoadFileKind.ProxReport;
            if (columns.SequenceEqual(Columns))
                return LoadFileKind.ImportFile;
        }

        return LoadFileKind.Other;
    }

    private static string Text(byte[] start) => (FirstBytes.Utf16(start) ?? Encoding.UTF8).GetString(start).TrimStart('\uFEFF');

    /// <summary>The first bytes, unzipped; a part may end in the middle.</summary>
    private static byte[] StartOf(string path)
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

        Array.Resize(ref bytes, length);
        return bytes;
    }
}
