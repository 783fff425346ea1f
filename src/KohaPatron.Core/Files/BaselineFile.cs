using System.Text.Encodings.Web;
using System.Text.Json;
using KohaPatron.Core.Notices;

namespace KohaPatron.Core.Files;

/// <summary>What a check saw, in a small file of JSON, so that the next one can tell what is new; somebody may have opened it in an editor since.</summary>
internal static class BaselineFile
{
    /// <summary>What the file keeps, or null where there was no check yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cmdlet">Who wrote it.</param>
    /// <param name="parse">Makes it of the file's root.</param>
    /// <exception cref="KohaPatronException">The file cannot be read, or is something else.</exception>
    public static T? Read<T>(string path, string cmdlet, Func<JsonElement, T> parse)
        where T : class
    {
        if (!File.Exists(path))
            return null;
        try
        {
            using var stream = InputFile.Open(path, bufferSize: 4096);
            using var document = JsonDocument.Parse(stream);
            return parse(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new KohaPatronException(FileNotices.NotABaseline(path, cmdlet, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(FileNotices.CannotReadBaseline(path, e));
        }
    }

    /// <exception cref="KohaPatronException">The file cannot be written; the old one is whole.</exception>
    public static void Write(string path, Action<Utf8JsonWriter> write)
    {
        try
        {
            using var file = new AtomicFile(path);
            using (var json = new Utf8JsonWriter(file.Stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                write(json);
            file.Commit();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KohaPatronException(FileNotices.CannotWriteBaseline(path, e));
        }
    }
}
