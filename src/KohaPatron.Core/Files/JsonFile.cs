using System.Text.Json;

namespace KohaPatron.Core.Files;

/// <summary>Small files of JSON that the module wrote, and that somebody may have opened in an editor since.</summary>
internal static class JsonFile
{
    /// <summary>Reads a file, with a byte order mark in front or without.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static JsonDocument Read(string path)
    {
        using var stream = File.OpenRead(path);
        return JsonDocument.Parse(stream);
    }
}
